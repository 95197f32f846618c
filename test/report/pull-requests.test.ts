import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: Readonly<Record<string, { default?: unknown }>> } | null>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { permissions?: unknown; secrets?: unknown; steps: readonly Step[] }>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { required?: boolean; default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const ROOT = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const workflow = parse(read(".github/workflows/policy-check.yml")) as Workflow;
const action = parse(read("action/action.yml")) as Action;
const jobs = Object.values(workflow.jobs);
const steps = [...jobs.flatMap((job) => job.steps), ...action.runs.steps];

describe("the workflow and the action for pull requests", () => {
  it("pin every action by its full commit, and say which version that is", () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    expect(uses.length).toBeGreaterThanOrEqual(4);
    for (const one of uses) expect(one).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
    const lines = read(".github/workflows/policy-check.yml").match(/uses: .*/g) ?? [];
    expect(lines).toHaveLength(uses.length);
    for (const line of lines) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("put nothing of the outside world into a script: it comes as variables", () => {
    const scripts = steps.flatMap((step) => step.run ?? []);
    expect(scripts).toHaveLength(4);
    for (const script of scripts) expect(script).not.toContain("${{");
  });

  it("may read the sources and nothing else, and are given no secret", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of jobs) expect([job.permissions, job.secrets]).toEqual([undefined, undefined]);
    expect(read(".github/workflows/policy-check.yml")).not.toMatch(/secrets[.:[]|github\.token|pull_request_target/);
    const checkout = steps.find((step) => step.uses?.startsWith("actions/checkout@"));
    expect(checkout?.with).toEqual({ "persist-credentials": false });
  });

  it("run for pull requests and for callers, who need to give nothing", () => {
    expect(Object.keys(workflow.on)).toEqual(["pull_request", "workflow_call"]);
    for (const input of Object.values(workflow.on.workflow_call?.inputs ?? {})) expect(input.default).toBeDefined();
    expect(Object.keys(action.inputs)).toEqual(["plan", "format", "config", "version"]);
    expect(action.inputs.plan?.required).toBe(true);
  });

  it("plan in the sandbox and report to the log, the summary and files", () => {
    const script = (name: string): string => steps.find((step) => step.name === name)?.run ?? "";
    expect(script("Plan in the sandbox")).toContain("npx --no -- anycast sandbox -- bash");
    expect(script("Check")).toContain('--format github "--output=markdown=$GITHUB_STEP_SUMMARY"');
  });
});
