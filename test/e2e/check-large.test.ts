import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { PLANS } from "../report/support/reports";

const ANYCAST = join(__dirname, "../../bin/anycast");
/** Makes a document of 20 MB. */
const PADDING = '"' + "planned ".repeat(2_200_000) + '"';
const BAD = readFileSync(join(PLANS, "internet-facing.json"), "utf8");
const GOOD = readFileSync(join(PLANS, "internal-vpc.json"), "utf8");

interface Document {
  readonly plans: readonly {
    readonly verdict: string;
    readonly digest: string;
    readonly bindings: number;
    readonly error?: { readonly code: string; readonly message: string };
  }[];
}

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "anycast-e2e-large-"))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The plan with this text as the value of `planned_values`. */
function withPlannedValues(plan: string, text: string): string {
  const { planned_values: _, ...rest } = JSON.parse(plan) as Record<string, unknown>;
  return `{"planned_values":${text},${JSON.stringify(rest).slice(1)}`;
}

/** As above, and the changes come next, as Terraform writes them. */
function asWritten(plan: string, text: string): string {
  const { resource_changes, planned_values: _, ...rest } = JSON.parse(plan) as Record<string, unknown>;
  const changes = `"resource_changes":${JSON.stringify(resource_changes)}`;
  return `{"planned_values":${text},${changes},${JSON.stringify(rest).slice(1)}`;
}

function changesOf(plan: string): string {
  return JSON.stringify((JSON.parse(plan) as { resource_changes: unknown }).resource_changes);
}

async function check(text: string): Promise<{ code: number | null; plan: Document["plans"][number] }> {
  const path = join(directory, "plan.json");
  writeFileSync(path, text);
  const args = [ANYCAST, "check", path, "--format", "json"];
  const { exitCode, stdout, stderr } = await run(process.execPath, args, {
    cwd: directory,
    env: terraformEnvironment(),
  });
  expect(stderr.toString("utf8")).toBe("");
  return { code: exitCode, plan: (JSON.parse(stdout.toString("utf8")) as Document).plans[0]! };
}

const padded = (more: string): string => `{"root_module":{"note":${PADDING}${more}}}`;

describe("a plan of 20 MB", () => {
  it.each<[string, string, number, string, string]>([
    ["that is good", asWritten(GOOD, padded("")), 0, "allowed", ""],
    ["that is bad", asWritten(BAD, padded("")), 1, "denied", ""],
    ["whose other parts come first", withPlannedValues(BAD, padded("")), 1, "denied", ""],
    [
      "whose planned values look like the start of a good list of changes",
      asWritten(BAD, padded(`,"a":{},"resource_changes":${changesOf(GOOD)}`)),
      1,
      "denied",
      "",
    ],
    [
      "whose planned values hold changes in a module of their own",
      asWritten(GOOD, `{"a":{},"resource_changes":[],"root_module":${padded("")}}`),
      0,
      "allowed",
      "",
    ],
    ["whose planned values are not JSON", asWritten(GOOD, padded(',"a":nul')), 2, "error", "PlanNotJson"],
    ["whose planned values end twice", asWritten(GOOD, `${padded("")}}`), 2, "error", "PlanNotJson"],
    [
      "whose planned values have a duplicate key",
      asWritten(GOOD, padded(',"a":1,"\\u0061":2')),
      2,
      "error",
      "DuplicateKey",
    ],
    ["that is cut off in its planned values", `{"planned_values":${padded("")}`, 2, "error", "PlanNotJson"],
    [
      "with drift before its changes",
      asWritten(GOOD, padded("")).replace('"resource_changes":', '"resource_drift":[],"resource_changes":'),
      0,
      "allowed",
      "",
    ],
  ])("%s gets the verdict of a small one", async (_, text, code, verdict, error) => {
    const answer = await check(text);
    expect([answer.code, answer.plan.verdict, answer.plan.error?.code ?? ""]).toEqual([code, verdict, error]);
    expect(answer.plan.digest).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
  });
});
