import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DEFINITION } from "./support/runner";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<
    Record<string, { inputs?: Readonly<Record<string, { default?: unknown; required?: boolean }>> } | null>
  >;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, { permissions?: Readonly<Record<string, string>>; steps: readonly Step[] }>>;
}

const NAMES = ["check", "deploy", "drift", "unlock"];
const textOf = (name: string): string => readFileSync(join(__dirname, `../../.github/workflows/${name}.yml`), "utf8");
const workflowOf = (name: string): Workflow => parse(textOf(name)) as Workflow;
const stepsOf = (name: string): Step[] => Object.values(workflowOf(name).jobs).flatMap(({ steps }) => steps);

describe.each(NAMES)("the reusable workflow %s", (name) => {
  const workflow = workflowOf(name);
  const steps = stepsOf(name);

  it("pins every action by its full commit, and uses its own at the workflow's commit", () => {
    for (const used of steps.flatMap(({ uses = [] }) => uses))
      expect(used).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$|^\$\/action$/);
  });

  it("puts no outside values into a script: they are passed as environment variables", () => {
    for (const script of steps.flatMap(({ run = [] }) => run)) expect(script).not.toContain("${{");
  });

  it("persists no credentials in a checkout, and has no permission that a job does not request", () => {
    expect(workflow.permissions).toEqual({});
    for (const { uses, with: inputs } of steps) {
      if (uses?.startsWith("actions/checkout@") === true)
        expect(inputs).toMatchObject({ "persist-credentials": false });
    }
  });

  it("keeps the runs of two projects of one repository apart", () => {
    expect(workflow.concurrency.group).toContain("${{ inputs.working-directory }}");
  });

  it("passes the action only inputs that it declares", () => {
    for (const { uses, with: inputs = {} } of steps) {
      if (uses === "$/action")
        expect(Object.keys(DEFINITION.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
  });

  it("requires no input that has a sensible default", () => {
    const inputs = Object.entries(workflow.on.workflow_call?.inputs ?? {});
    const without = inputs.filter(([, input]) => input.default === undefined).map(([input]) => input);
    expect(without).toEqual(
      { check: [], deploy: ["environment"], drift: [], unlock: ["environment", "stack", "lock-id"] }[name],
    );
  });
});

describe("the workflow that combines the others", () => {
  const { jobs, on } = workflowOf("anycast") as unknown as {
    jobs: Record<string, { uses: string; if: string; secrets?: object }>;
    on: { workflow_call: { inputs: Record<string, { default?: unknown }> } };
  };

  it("calls each of the others at its own commit, for one type of event", () => {
    expect(Object.entries(jobs).map(([name, { uses }]) => [name, uses])).toEqual(
      NAMES.map((name) => [name, `$/.github/workflows/${name}.yml`]),
    );
    for (const job of Object.values(jobs)) expect(job.if).toContain("github.event_name == ");
  });

  it("passes no secret to the job that runs the code of a pull request", () => {
    expect(Object.keys(jobs).filter((name) => jobs[name]!.secrets === undefined)).toEqual(["check"]);
  });

  it("requires no input", () => {
    expect(Object.values(on.workflow_call.inputs).filter((input) => input.default === undefined)).toEqual([]);
  });
});

describe("the check of pull requests", () => {
  const { check, report } = workflowOf("check").jobs;

  it("runs the pull request's code in a job with read permission only and no secret", () => {
    expect(check!.permissions).toEqual({ contents: "read" });
    expect(textOf("check")).not.toMatch(/secrets[.:[]|pull_request_target/);
    expect(check!.steps.flatMap(({ env = {} }) => Object.values(env)).join()).not.toContain("github.token");
  });

  it("writes the comment in a job that checks out and installs nothing of the pull request", () => {
    expect(report!.permissions).toEqual({ actions: "read", "pull-requests": "write", "security-events": "write" });
    expect(report!.steps.flatMap(({ uses = [] }) => uses)).toEqual(["$/action"]);
    expect(report!.steps.flatMap(({ run = "" }) => run).join()).not.toMatch(/npm|npx|INSTALL/);
  });

  it("fetches the base of a pull request", () => {
    const checkout = check!.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with).toMatchObject({ "fetch-depth": 2 });
  });
});
