import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import type { StepEnd } from "../action/support/runner";
import { runStep } from "../action/support/runner";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject } from "../support/cloud-project";

jest.setTimeout(240_000);

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** The project alone: the action starts a sandbox of its own. */
async function makeProject(stacks: Parameters<typeof makeCloudProject>[0]): Promise<CloudProject> {
  const project = await makeCloudProject(stacks);
  await project.sandbox.stop();
  made.push(project.root);
  return project;
}

const sandbox = (project: CloudProject, inputs: Record<string, string> = {}): Promise<StepEnd> =>
  runStep({
    workspace: project.root,
    with: { mode: "sandbox", reports: "reports", ...inputs },
    env: { ...terraformEnvironment(), GITHUB_WORKSPACE: project.root },
  });

describe("the action in the mode sandbox", () => {
  it("allows a good stack without any credentials, and ignores a bad one that was not selected", async () => {
    const project = await makeProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    const ended = await sandbox(project, { stacks: "\ngood\n" });
    expect(ended.log).toContain("Verdict: allowed (1 binding proven)");
    expect([ended.code, ended.outputs.verdict, ended.outputs.destroy]).toEqual([0, "allowed", "0"]);
    expect(Number(ended.outputs.add)).toBeGreaterThan(0);
    expect(readFileSync(join(project.root, "reports/anycast.sarif"), "utf8")).toContain('"version": "2.1.0"');
    expect(readFileSync(join(project.root, "reports/comment.md"), "utf8")).toContain("```mermaid\nflowchart LR");
    expect(existsSync(project.statePath("good"))).toBe(false);
  });

  it("refuses a bad stack together with a good one, with annotations", async () => {
    const project = await makeProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    const ended = await sandbox(project);
    expect([ended.code, ended.outputs["failure-reason"]]).toEqual([1, "denied"]);
    expect(ended.log).toMatch(/^::error title=denied%3A binding\/internal-only::/m);
    expect(ended.log).toContain("Verdict: denied (2 plans: 1 allowed, 1 denied)\n");
    expect(ended.summary).toMatch(/^## Policy check: denied\n/);
  });

  it("ends with exit code 2 for a stack that does not exist", async () => {
    const project = await makeProject({ good: { type: "intranet" } });
    const ended = await sandbox(project, { stacks: "nowhere" });
    expect([ended.code, ended.outputs["failure-reason"]]).toEqual([2, "error"]);
    expect(ended.log).toContain("StackNotFound");
    expect(ended.summary).toContain("StackNotFound");
  });
});
