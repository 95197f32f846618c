import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY } from "../support/cloud-project";

jest.setTimeout(240_000);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What GitHub's runner gives to a step. */
interface Runner {
  readonly temp: string;
  readonly env: NodeJS.ProcessEnv;
  summary(): string;
  outputs(): string;
}

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function makeRunner(): Runner {
  const temp = mkdtempSync(join(tmpdir(), "anycast runner-"));
  made.push(temp);
  const [summary, outputs] = [join(temp, "summary.md"), join(temp, "outputs")];
  writeFileSync(summary, "");
  writeFileSync(outputs, "");
  const env = {
    ...terraformEnvironment(),
    RUNNER_TEMP: temp,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: outputs,
    npm_config_offline: "true",
  };
  return { temp, env, summary: () => readFileSync(summary, "utf8"), outputs: () => readFileSync(outputs, "utf8") };
}

/** Makes `npx anycast` find this checkout in a project, as it would find the installed package. */
function install(project: string): void {
  writeFileSync(
    join(project, "package.json"),
    '{ "name": "x", "version": "1.0.0", "bin": { "anycast": "./anycast" } }',
  );
  symlinkSync(join(REPOSITORY, "bin/anycast"), join(project, "anycast"));
}

async function bash(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const { exitCode, stdout, stderr } = await run("bash", ["--noprofile", "--norc", ...args], { cwd, env });
  return { code: exitCode, out: stdout.toString("utf8"), err: stderr.toString("utf8") };
}

describe("the scripts of the policy-check workflow", () => {
  interface Step {
    readonly name?: string;
    readonly run?: string;
  }
  const { jobs } = parse(readFileSync(join(REPOSITORY, ".github/workflows/policy-check.yml"), "utf8")) as {
    jobs: { check: { env: Record<string, string>; steps: Step[] } };
  };
  const scriptOf = (name: string): string => jobs.check.steps.find((step) => step.name === name)!.run!;

  /** The project alone: the workflow starts a sandbox of its own. */
  async function makeProject(stacks: Parameters<typeof makeCloudProject>[0]): Promise<CloudProject> {
    const project = await makeCloudProject(stacks);
    await project.sandbox.stop();
    made.push(project.root);
    install(project.root);
    return project;
  }

  /** Both steps as the runner runs them: the second only when the first ended well. */
  async function job(
    project: CloudProject,
    runner: Runner,
    stacks: string,
  ): Promise<{ planned: Ended; checked?: Ended }> {
    const env = { ...runner.env, STACKS: stacks, CONFIG: "", PLANS: jobs.check.env.PLANS };
    const planned = await bash(["-eo", "pipefail", "-c", scriptOf("Plan in the sandbox")], project.root, env);
    if (planned.code !== 0) return { planned };
    const [, code] = /^code=(\d+)$/m.exec(runner.outputs())!;
    const checked = await bash(["-eo", "pipefail", "-c", scriptOf("Check")], project.root, { ...env, PLANNED: code });
    return { planned, checked };
  }

  it("allow a good stack without any credentials, and leave a bad one that was not asked for", async () => {
    const project = await makeProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    const runner = makeRunner();
    const { planned, checked } = await job(project, runner, "\ngood\n");
    expect([planned.code, planned.out]).toEqual([0, ""]);
    expect([checked?.code, checked?.out]).toEqual([0, "Verdict: allowed (1 binding proven)\n"]);
    expect(runner.summary()).toContain("| <code>.anycast/plans/good.json</code> | allowed | 1 |");
    expect(readFileSync(join(runner.temp, "anycast.sarif"), "utf8")).toContain('"version": "2.1.0"');
    expect(existsSync(project.statePath("good"))).toBe(false);
  });

  it("refuse a bad stack next to a good one, with annotations", async () => {
    const project = await makeProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    const runner = makeRunner();
    const { checked } = await job(project, runner, "");
    expect(checked?.code).toBe(1);
    expect(checked?.out).toMatch(/^::error title=denied%3A binding\/internal-only::/);
    expect(checked?.out).toContain("Verdict: denied (2 plans: 1 allowed, 1 denied)\n");
    expect(runner.summary()).toMatch(/^## Policy check: denied\n/);
  });

  it("exit 2 for a stack that is not there", async () => {
    const project = await makeProject({ good: { type: "intranet" } });
    const { planned, checked } = await job(project, makeRunner(), "nowhere");
    expect(planned.err).toContain("[StackNotFound]");
    expect([planned.code, checked]).toEqual([2, undefined]);
  });
});
