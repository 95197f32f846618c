import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import type { CloudProject, StackOfCloud } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY } from "../support/cloud-project";
import { linkModules } from "../support/linked-modules";
import { FakeGitlab } from "./support/gitlab";

jest.setTimeout(600_000);

/** The piece of YAML below a heading of the page. */
function snippet<T>(heading: string): T {
  const page = readFileSync(join(REPOSITORY, "docs/pull-requests.md"), "utf8");
  const section = page.slice(page.indexOf(`\n## ${heading}\n`) + 1);
  return parse(/```yaml\n([\s\S]*?)```/.exec(section)![1]!) as T;
}

interface Ended {
  readonly code: number | null;
  readonly text: string;
}
let root: string;
let project: CloudProject;
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-systems-")));
  linkModules(join(root, "node_modules"));
  mkdirSync(join(root, "programs"));
  project = await makeCloudProject({ it: { type: "intranet" } });
  rmSync(join(project.root, "node_modules"));
  symlinkSync(join(root, "node_modules"), join(project.root, "node_modules"));
  writeFileSync(join(project.root, ".gitignore"), "node_modules\ntmp\n.anycast\ncdktf.out\n*.tfstate*\n");
  writeFileSync(join(project.root, "package.json"), "{}");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=x");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  program("npm", "exit 0 # the packages are there");
  program("anycast", `exec "${process.execPath}" "${join(REPOSITORY, "bin/anycast")}" "$@"`);
  program("terraform1.11.4", 'exec terraform "$@"');
});
afterAll(async () => {
  await project.stop();
  rmSync(root, { recursive: true, force: true });
});
function git(...args: string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: project.root });
}
function program(name: string, script: string): void {
  writeFileSync(join(root, "programs", name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, "programs", name), 0o755);
}
async function shell(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const PATH = [join(root, "programs"), process.env.PATH].join(delimiter);
  const ended = await run("bash", ["-eo", "pipefail", "-c", script], { cwd, env: { ...env, PATH } });
  return { code: ended.exitCode, text: ended.stdout.toString() + ended.stderr.toString() };
}

describe("the GitLab jobs from the documentation", () => {
  const jobs =
    snippet<Record<string, { script: string[]; artifacts?: { paths: string[]; reports: object } }>>("GitLab");
  /** The checkout of the merge request. */
  const change = realpathSync(mkdtempSync(join(tmpdir(), "anycast-change-")));
  const TOKEN = "glpat-of-the-test";
  let gitlab: FakeGitlab;
  beforeAll(async () => {
    gitlab = await FakeGitlab.start(TOKEN);
    git("clone", "--quiet", `file://${project.root}`, change);
    symlinkSync(join(root, "node_modules"), join(change, "node_modules"));
  });
  afterAll(() => {
    gitlab.stop();
    rmSync(change, { recursive: true, force: true });
  });
  const write = (name: string, text: string): void => writeFileSync(join(change, name), text);
  const job = (name: string, more: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    shell(jobs[name]!.script.join("\n"), change, {
      ...terraformEnvironment(),
      CI: "true",
      CI_API_V4_URL: gitlab.url,
      CI_PROJECT_ID: "5",
      CI_MERGE_REQUEST_IID: "7",
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      ...more,
    });
  const report = (name: string): string => readFileSync(join(change, name), "utf8");

  test("refuse a bad change, with the settings of the target branch, in each of GitLab's reports and in one note", async () => {
    write("stacks.json", JSON.stringify({ it: { type: "internet" } }));
    write("anycast.yaml", "regions: current\n");
    const refused = await job("anycast");
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining("binding/internal-only")]);
    expect(report("anycast.xml")).toContain('classname="binding/internal-only"');
    expect(JSON.parse(report("quality.json"))).toContainEqual({
      description: expect.stringContaining("denied: Expected the address_type of") as string,
      check_name: "binding/internal-only",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      severity: "critical",
      location: { path: expect.stringMatching(/^[^/].*$/) as string, lines: { begin: expect.any(Number) as number } },
    });
    expect(JSON.parse(report("plan.json"))).toEqual({ create: 5, update: 0, delete: 0 });
    expect(report("note.md")).toContain("> **Settings change.** This change adds");
    expect(await job("anycast-note", { ANYCAST_NOTE_TOKEN: TOKEN })).toEqual({ code: 0, text: "" });
    expect(gitlab.notes.map(({ body }) => body)).toEqual([expect.stringContaining("## Anycast check: denied")]);

    gitlab.notes.unshift({ id: 1, body: "somebody else's" });
    write("stacks.json", JSON.stringify({ it: { type: "intranet" } }));
    const allowed = await job("anycast");
    expect([allowed.code, allowed.code === 0 ? "" : allowed.text]).toEqual([0, ""]);
    expect((await job("anycast-note", { ANYCAST_NOTE_TOKEN: TOKEN })).code).toBe(0);
    expect(gitlab.notes.map(({ body }) => /## Anycast check: \w+/.exec(body)?.[0])).toEqual([
      undefined,
      "## Anycast check: allowed",
    ]);
    expect((await job("anycast-note", { ANYCAST_NOTE_TOKEN: "wrong" })).code).not.toBe(0);
  });

  test("keep their artifacts, also when the check refuses", () => {
    const { artifacts } = jobs.anycast!;
    const written = [...jobs.anycast!.script.join(" ").matchAll(/--output \S+=(\S+)/g)].map(([, name]) => name);
    expect([...artifacts!.paths, ...Object.values(artifacts!.reports)].sort()).toEqual(written.sort());
    expect(artifacts).toMatchObject({ when: "always" });
  });
});

describe("the Atlantis policy check from the documentation", () => {
  const { workflows } = snippet<{ workflows: { anycast: { policy_check: { steps: { run: string }[] } } } }>("Atlantis");
  const script = workflows.anycast.policy_check.steps[0]!.run;

  /** What Atlantis does before: a plan file of a configuration, next to which the check runs. */
  async function policyCheck(stack: StackOfCloud): Promise<Ended> {
    project.write({ failover: stack });
    expect((await project.anycast(["plan"])).code).toBeLessThan(2);
    const directory = join(project.root, "cdktf.out/stacks/failover");
    const planned = await run("terraform", ["plan", "-input=false", "-out=default.tfplan"], {
      cwd: directory,
      env: project.env,
    });
    expect(planned.exitCode).toBe(0);
    return shell(script, directory, {
      ...project.env,
      ATLANTIS_TERRAFORM_VERSION: "1.11.4",
      BASE_BRANCH_NAME: "main",
      PLANFILE: join(directory, "default.tfplan"),
    });
  }

  test("prints the word that Atlantis reads as a refusal exactly when it refuses", async () => {
    const allowed = await policyCheck({ type: "intranet" });
    expect([allowed.code, allowed.text]).toEqual([0, expect.stringMatching(/^Verdict: allowed/)]);
    expect(allowed.text).not.toMatch(/fail/i);
    const refused = await policyCheck({ type: "internet" });
    expect([refused.code, refused.text]).toEqual([
      1,
      expect.stringMatching(/binding\/internal-only[\s\S]*FAIL: anycast\n$/),
    ]);
  });
});
