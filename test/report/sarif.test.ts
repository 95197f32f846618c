import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { listRules } from "../../src/check/rules";
import { renderSarif } from "../../src/report/sarif";
import type { SarifOptions } from "../../src/report/sarif";
import type { CheckReport } from "../../src/core/check-report";
import { EVERYTHING, finding, hostileReport, checked, PLAN_NAMES, reportWith } from "./support/reports";

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly semanticVersion?: string; readonly rules: readonly Rule[] } };
    readonly invocations: readonly object[];
    readonly artifacts: readonly object[];
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly helpUri?: string;
  readonly help: { readonly text: string; readonly markdown: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation?: object; readonly logicalLocations: readonly object[] }[];
  readonly suppressions?: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

/** The official schema, as Microsoft's package ships it. It is of draft 4, whose names ajv no longer knows. */
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv({
  allErrors: true,
  strict: false,
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) => URL.canParse(text, "https://base.example/") && !/[\s<>"{}|\\^`]/.test(text),
    "date-time": /^\d{4}-\d\d-\d\dT/,
  },
}).compile(schema);

const OPTIONS: SarifOptions = { rules: listRules(), version: "1.2.3", docsUrl: "https://docs.example/anycast" };

function sarif(report: CheckReport, options: SarifOptions = OPTIONS): Log["runs"][0] {
  const log = JSON.parse(renderSarif(report, options)) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

describe("the check report as SARIF", () => {
  it("is valid for all plans of the fixtures in one run, with the rule and level of every finding", async () => {
    const report = await checked(...PLAN_NAMES.map((name) => `${name}.json`));
    const { results, tool } = sarif(report);
    const findings = report.plans.flatMap((plan) => plan.findings ?? []);
    expect(results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule));
    expect(results.length).toBeGreaterThan(10);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(listRules().map(({ id }) => id));
    expect(tool.driver.semanticVersion).toBe("1.2.3");
  });

  it.each([
    ["one of everything", EVERYTHING],
    ["hostile texts", hostileReport()],
    ["an error of stdin", reportWith({ source: "-", digest: "", error: { code: "PlanEmpty", message: "No." } })],
    ["no findings", reportWith({})],
    ["the same plan twice", { ...reportWith({}), plans: [reportWith({}).plans[0]!, reportWith({}).plans[0]!] }],
  ])("is valid with %s, with and without the rules' metadata", (_what, report) => {
    expect(sarif(report).results).toHaveLength(sarif(report, {}).results.length);
  });

  it("is validated by a schema that refuses what is not SARIF", () => {
    expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
    const log = JSON.parse(renderSarif(EVERYTHING, OPTIONS)) as { runs: { results: { level: string }[] }[] };
    log.runs[0]!.results[0]!.level = "fatal";
    expect(validate(log)).toBe(false);
  });

  it("has help for each rule and a link to its page", () => {
    const rule = sarif(EVERYTHING).tool.driver.rules.find(({ id }) => id === "binding/vpc-only");
    expect(rule).toMatchObject({
      name: "BindingVpcOnly",
      shortDescription: { text: "An Anycast EIP binds only to a CLB in a VPC" },
      helpUri: "https://docs.example/anycast/docs/rules/binding/vpc-only.md",
      defaultConfiguration: { level: "error" },
    });
    expect(rule?.help.text).toMatch(
      /^A CLB is in a VPC when it has a vSwitch\.[^]*\n\nFix: Give the CLB[^]*\n\nSource: /,
    );
    expect(rule?.help.markdown).toContain("**Fix**: Give the CLB");
    expect(sarif(EVERYTHING, {}).tool.driver.rules[0]).not.toHaveProperty("helpUri");
  });

  it("locates a finding at its source line, or at its plan where no line is known, and always at its address", () => {
    const [declared, elsewhere] = sarif(EVERYTHING).results;
    expect(declared!.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "stacks/a.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: 12 },
        },
        logicalLocations: [
          { fullyQualifiedName: "alicloud_x.t", kind: "resource", properties: { construct: "app/a" } },
        ],
      },
    ]);
    expect(elsewhere!.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: "plan.json", uriBaseId: "%SRCROOT%" } },
        logicalLocations: [{ fullyQualifiedName: "alicloud_x.u", kind: "resource" }],
      },
    ]);
    const ofStdin = sarif(reportWith({ source: "-", findings: [finding({ address: "" })] })).results[0]!;
    expect(ofStdin.locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: "plan", kind: "plan" }] }]);
  });

  it.each([
    ["plan.json", { uri: "plan.json", uriBaseId: "%SRCROOT%" }],
    ["./out/a b#1.json", { uri: "out/a%20b%231.json", uriBaseId: "%SRCROOT%" }],
    ["out\\plan.json", { uri: "out/plan.json", uriBaseId: "%SRCROOT%" }],
    ["/tmp/plan.json", { uri: "file:///tmp/plan.json" }],
    ["C:\\plans\\a.json", { uri: "file:///C:/plans/a.json" }],
  ])("writes the path %s as a URI", (source, location) => {
    expect(sarif(reportWith({ source })).artifacts).toEqual([
      { location, roles: ["analysisTarget"], hashes: { "sha-256": "a".repeat(64) } },
    ]);
  });

  it("maps levels, and shows waived findings as suppressed with the waiver's reason", () => {
    const results = sarif(EVERYTHING).results;
    expect(results.map(({ level, suppressions }) => [level, suppressions?.length ?? 0])).toEqual([
      ["error", 0],
      ["error", 0],
      ["warning", 0],
      ["error", 1],
    ]);
    expect(results[3]!.suppressions).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification:
          "The waiver of binding/vpc-only for alicloud_x.y is in use until 2026-03-01 (owner ops, anycast.yaml:3:5): migration",
      },
    ]);
  });

  it("reports plans that could not be checked, and waivers that need attention, as notifications", () => {
    const broken = reportWith({ error: { code: "PlanNotJson", message: "Expected JSON." } });
    expect(sarif(broken).invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          {
            descriptor: { id: "PlanNotJson" },
            level: "error",
            message: { text: "Expected JSON." },
            locations: [{ physicalLocation: { artifactLocation: { uri: "plan.json", uriBaseId: "%SRCROOT%" } } }],
          },
        ],
      },
    ]);
    expect(sarif(EVERYTHING).invocations).toMatchObject([
      {
        executionSuccessful: true,
        exitCode: 1,
        toolExecutionNotifications: [{ descriptor: { id: "WaiverUnused" } }, { descriptor: { id: "WaiverExpired" } }],
      },
    ]);
  });

  it("gives a finding the same fingerprint when only its value changes", () => {
    const print = (change: object): string =>
      sarif(reportWith({ findings: [finding(change)] })).results[0]!.partialFingerprints["anycastFinding/v1"]!;
    expect(print({ message: "another" })).toBe(print({}));
    expect(print({ address: "another" })).not.toBe(print({}));
  });

  it("describes a custom rule by its findings, without interpreting its Markdown", () => {
    const own = finding({ rule: "team/tags", doc: "", fix: "Tag it. [x](javascript:y)", level: "warn" });
    const rule = sarif(reportWith({ findings: [own] })).tool.driver.rules.find(({ id }) => id === "team/tags")!;
    expect(rule).toMatchObject({ name: "TeamTags", defaultConfiguration: { level: "warning" } });
    expect(rule.help.markdown).toBe("**Fix**: Tag it. &#91;x&#93;(javascript:y)");
    expect(rule).not.toHaveProperty("helpUri");
  });
});
