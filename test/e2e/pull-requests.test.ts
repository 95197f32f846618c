import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY } from "../support/cloud-project";
import { PLANS } from "../report/support/reports";

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

describe("the action's script", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "anycast-action-"));
    made.push(project);
    install(project);
  });

  const check = (runner: Runner, env: NodeJS.ProcessEnv): Promise<Ended> =>
    bash([join(REPOSITORY, "action/check.sh")], project, { ...runner.env, ...env });

  it.each([
    ["internal-vpc", 0, "allowed", "Verdict: allowed (1 warning; 1 binding proven)"],
    ["internet-facing", 1, "denied", "::error title=denied%3A binding/internal-only::"],
    ["index", 2, "error", "NotAPlan::"],
  ])("judges %s: annotations, summary, outputs and exit code agree", async (name, code, verdict, shown) => {
    const runner = makeRunner();
    const result = await check(runner, { ANYCAST_PLAN: join(PLANS, `${name}.json`) });
    expect(result.out).toContain(shown);
    expect(result.code).toBe(code);
    expect(runner.summary()).toMatch(new RegExp(`^## Policy check: ${verdict}\\n`));
    const [, report = ""] = /^verdict=(?:allowed|denied|error)\nreport=(.*)\n$/.exec(runner.outputs()) ?? [];
    expect(runner.outputs()).toContain(`verdict=${verdict}\n`);
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ verdict });
  });

  it("takes a plan per line, whatever its name holds, and runs none of it", async () => {
    const name = "$(touch pwned) `touch pwned`; 'a' \"b\" * .json";
    writeFileSync(join(project, name), readFileSync(join(PLANS, "internal-vpc.json")));
    const runner = makeRunner();
    const plans = `\n${name}\r\n\n${join(PLANS, "destroy-all.json")}`;
    const result = await check(runner, { ANYCAST_PLAN: plans, ANYCAST_FORMAT: "text" });
    // Long lines are wrapped.
    expect(result.out.replace(/\s+/g, " ")).toContain(`${name}: allowed (1 warning; 1 binding proven)`);
    expect(result.out).toContain("Verdict: allowed (2 plans: 2 allowed)");
    expect(result.code).toBe(0);
    expect(existsSync(join(project, "pwned"))).toBe(false);
  });

  it("uses the settings it is given", async () => {
    writeFileSync(join(project, "strict.yaml"), "regions: [cn-hongkong]\n");
    const env = { ANYCAST_PLAN: join(PLANS, "internal-vpc.json"), ANYCAST_CONFIG_PATH: "strict.yaml" };
    expect((await check(makeRunner(), env)).code).toBe(1);
  });

  it.each([
    ["no plan", { ANYCAST_PLAN: " \n" }, "Expected the input plan to name at least one plan"],
    ["a version that is none", { ANYCAST_PLAN: "x", ANYCAST_VERSION: "1; touch pwned" }, "Expected the input version"],
    ["a version from elsewhere", { ANYCAST_PLAN: "x", ANYCAST_VERSION: "../evil" }, "Expected the input version"],
    ["a format nobody knows", { ANYCAST_PLAN: "x", ANYCAST_FORMAT: "xml" }, "[FormatUnknown]"],
  ])("exits 2 for %s", async (_what, env, said) => {
    const result = await check(makeRunner(), env);
    expect(result.out + result.err).toContain(said);
    expect(result.code).toBe(2);
    expect(existsSync(join(project, "pwned"))).toBe(false);
  });

  it("exits 2 where anycast is not installed: npx would say 1, which means refused", async () => {
    const empty = join(project, "empty");
    mkdirSync(empty);
    writeFileSync(join(empty, "package.json"), '{ "name": "y", "version": "1.0.0" }');
    const env = { ...makeRunner().env, ANYCAST_PLAN: join(PLANS, "internal-vpc.json") };
    expect((await bash([join(REPOSITORY, "action/check.sh")], empty, env)).code).toBe(2);
  });
});

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
