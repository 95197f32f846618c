import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { CheckReport } from "../../src/core/check-report";
import { renderJson } from "../../src/report/json";
import { EVERYTHING, finding, hostileReport, checked, PLAN_NAMES, reportWith } from "./support/reports";

const schema = JSON.parse(
  readFileSync(join(__dirname, "../../docs/schemas/check-report.schema.json"), "utf8"),
) as object;
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

function problems(document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("the check report as JSON", () => {
  it("fits the published schema for every plan of the fixtures, and for a file that is not a plan", async () => {
    const report = await checked(...PLAN_NAMES.map((name) => `${name}.json`), "index.json", "missing.json");
    expect(report.plans).toHaveLength(PLAN_NAMES.length + 2);
    expect(problems(JSON.parse(renderJson(report)))).toEqual([]);
  });

  it.each([
    ["one of everything", EVERYTHING],
    ["hostile texts", hostileReport()],
  ])("fits the published schema with %s, and equals the report", (_what, report) => {
    const document = JSON.parse(renderJson(report)) as unknown;
    expect(problems(document)).toEqual([]);
    expect(document).toEqual(report);
  });

  it("has its keys in the documented order, whatever order they are given in", () => {
    const turned = JSON.parse(JSON.stringify(EVERYTHING), (_name, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as CheckReport;
    expect(renderJson(turned)).toBe(renderJson(EVERYTHING));
    expect(Object.keys(JSON.parse(renderJson(turned)) as object)).toEqual([
      "version",
      "verdict",
      "policy",
      "plans",
      "waivers",
    ]);
  });

  it("is this document", () => {
    const report = reportWith({ findings: [finding({ source: { file: "stacks/x.ts", line: 12 } })] });
    expect(renderJson(report)).toBe(`{
  "version": 1,
  "verdict": "denied",
  "policy": {
    "digest": "sha256:${"0".repeat(64)}",
    "rules": 16
  },
  "plans": [
    {
      "source": "plan.json",
      "digest": "sha256:${"a".repeat(64)}",
      "verdict": "denied",
      "bindings": 0,
      "findings": [
        {
          "rule": "binding/vpc-only",
          "outcome": "violation",
          "level": "deny",
          "waived": false,
          "address": "alicloud_x.t",
          "attribute": "vswitch_id",
          "message": "Expected A to be B, got \`c\` (at alicloud_x.t).",
          "fix": "Give it one.",
          "doc": "docs/rules/binding/vpc-only.md",
          "source": {
            "file": "stacks/x.ts",
            "line": 12
          }
        }
      ],
      "evidence": []
    }
  ]
}
`);
  });

  it("keeps a key without a documented order at the end", () => {
    const report = { ...reportWith({}), another: 1 };
    expect(Object.keys(JSON.parse(renderJson(report)) as object).at(-1)).toBe("another");
  });
});

describe("the schema of the check report", () => {
  const plan = reportWith({}).plans[0]!;
  it.each([
    ["another version", { ...EVERYTHING, version: 2 }],
    ["no plans", { ...EVERYTHING, plans: [] }],
    ["an unknown verdict", { ...EVERYTHING, verdict: "maybe" }],
    ["an unknown key", { ...EVERYTHING, extra: 1 }],
    [
      "an error without its reason",
      reportWithPlan({ ...plan, verdict: "error", findings: undefined, evidence: undefined }),
    ],
    ["an error with findings", reportWithPlan({ ...plan, verdict: "error", error: { code: "X", message: "y" } })],
    [
      "an error with proven bindings",
      reportWithPlan({ ...reportWith({ error: { code: "X", message: "y" } }).plans[0], bindings: 1 }),
    ],
    ["a verdict without findings", reportWithPlan({ ...plan, findings: undefined })],
    ["an invalid digest", reportWithPlan({ ...plan, digest: "md5:1" })],
    ["evidence without a target", reportWithPlan({ ...plan, evidence: [{ address: "a", region: "r", targets: [] }] })],
    ["a finding without a rule", reportWithPlan({ ...plan, findings: [{ ...finding(), rule: undefined }] })],
  ])("refuses %s", (_what, document) => {
    expect(problems(JSON.parse(JSON.stringify(document)))).not.toEqual([]);
  });

  function reportWithPlan(one: object): object {
    return { ...reportWith({}), plans: [one] };
  }
});
