import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { FakeGithub } from "../action/support/github";
import type { Happening, Host, Jobs } from "../action/support/workflow/run";
import { runWorkflow } from "../action/support/workflow/run";
import type { CloudProject, StackOfCloud } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY, RESOURCES } from "../support/cloud-project";
import type { HttpState } from "../support/http-state";
import { startHttpState } from "../support/http-state";
import { linkModules } from "../support/linked-modules";
import { addressesIn } from "../support/project";

jest.setTimeout(600_000);

/** The workflow that the README asks its readers to copy, as it stands there. */
const TEN_LINES = /```yaml\n(on:[^`]*workflows\/anycast\.yml@SHA\n[^`]*)```/.exec(
  readFileSync(join(REPOSITORY, "README.md"), "utf8"),
)![1]!;

/** The state is on a server outside of the sandbox that a pull request is checked in. */
const BACKEND = `const fs = require("fs"), path = process.env.CDKTF_OUTDIR + "/stacks/it/cdk.tf.json";
if (process.env.STATE) {
  const stack = JSON.parse(fs.readFileSync(path)), address = process.env.STATE;
  stack.terraform.backend = { http: { address, lock_address: address, unlock_address: address, retry_max: 0 } };
  fs.writeFileSync(path, JSON.stringify(stack));
}`;

let project: CloudProject;
let server: HttpState;
let github: FakeGithub;
let modules: string;
beforeAll(async () => {
  modules = linkModules(join(realpathSync(mkdtempSync(join(tmpdir(), "anycast-modules-"))), "node_modules"));
});
afterAll(() => rmSync(join(modules, ".."), { recursive: true, force: true }));
beforeEach(async () => {
  [project, server, github] = await Promise.all([
    makeCloudProject({ it: { type: "intranet" } }),
    startHttpState(),
    FakeGithub.start(),
  ]);
  const app = "node main.js && node backend.js";
  writeFileSync(join(project.root, "cdktf.json"), JSON.stringify({ language: "typescript", app, projectId: "test" }));
  writeFileSync(join(project.root, "package.json"), JSON.stringify({ name: "infra", private: true }));
  writeFileSync(join(project.root, "backend.js"), BACKEND);
  writeFileSync(join(project.root, ".gitignore"), "node_modules\ntmp\n.anycast\ncdktf.out\n");
  git("init", "--quiet", "--initial-branch=main");
  git("config", "uploadpack.allowAnySHA1InWant", "true");
  commit();
});
afterEach(async () => {
  await Promise.all([project.stop(), server.stop(), github.stop()]);
});

function git(...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: project.root, encoding: "utf8" }).trim();
}
function commit(stack?: StackOfCloud): string {
  if (stack !== undefined) project.write({ it: stack });
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message=x");
  return git("rev-parse", "HEAD");
}

const address = (): string => (server.backend as { http: { address: string } }).http.address;
const repository = { default_branch: "main", full_name: "acme/infra" };

/** In the simulated cloud, as the deployment's account sees it. */
function inCloud(happening: Happening, rest: Partial<Host> = {}, workflow = TEN_LINES): Promise<Jobs> {
  const secrets = {
    ALICLOUD_ACCESS_KEY: project.env.ALICLOUD_ACCESS_KEY!,
    ALICLOUD_SECRET_KEY: project.env.ALICLOUD_SECRET_KEY!,
  };
  const env = { ...project.env, STATE: address() };
  return runWorkflow(workflow, happening, { repository: project.root, modules, env, github, secrets, ...rest });
}
const push = (sha = git("rev-parse", "HEAD")): Happening => ({ name: "push", sha, payload: { repository } });
const resultsOf = (jobs: Jobs): Record<string, string> =>
  Object.fromEntries(
    Object.entries(jobs)
      .filter(([, { result }]) => result !== "skipped")
      .map(([name, { result }]) => [name, result]),
  );

describe("a repository with the README's workflow lines", () => {
  test("has its pull requests checked without a secret, and one comment on each", async () => {
    const base = git("rev-parse", "HEAD");
    git("checkout", "--quiet", "-b", "change");
    const head = commit({ type: "internet" });
    git("checkout", "--quiet", "main");
    git("merge", "--quiet", "--no-ff", "--message=merge", "change");
    github.head = head;
    const payload = {
      repository,
      pull_request: { number: 7, head: { sha: head, repo: repository }, base: { sha: base } },
    };
    const happening: Happening = { name: "pull_request", sha: git("rev-parse", "HEAD"), payload, baseRef: "main" };
    const jobs = await inCloud(happening, { env: terraformEnvironment(), secrets: {} });
    expect(resultsOf(jobs)).toEqual({ "anycast / check / check": "failure", "anycast / check / report": "success" });
    expect(jobs["anycast / check / check"]!.log).toMatch(/^::error title=denied%3A binding\/internal-only::/m);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining("## Anycast check: denied")]);
  });

  test("is deployed from its default branch after approval, and drift opens an issue that is closed when it is gone", async () => {
    const asked: string[] = [];
    const approve = (environment: string): boolean => {
      expect(server.state()).toBeUndefined();
      asked.push(environment);
      return true;
    };
    const jobs = await inCloud(push(), { approve });
    expect(resultsOf(jobs)).toEqual({ "anycast / deploy / plan": "success", "anycast / deploy / deploy": "success" });
    expect([asked, addressesIn(server.state()!).length]).toEqual([["production"], RESOURCES]);

    const schedule: Happening = { name: "schedule", sha: git("rev-parse", "HEAD"), payload: { repository } };
    expect(resultsOf(await inCloud(schedule))).toEqual({ "anycast / drift / drift": "success" });
    expect(github.issues).toEqual([]);
    commit({ type: "intranet", unbound: true });
    await inCloud({ ...schedule, sha: git("rev-parse", "HEAD") });
    expect(github.issues).toMatchObject([{ state: "open", title: "The cloud differs from the code" }]);
    await inCloud(schedule);
    expect(github.issues).toMatchObject([{ state: "closed" }]);
  });

  test("is not deployed where the plan has changed before the approval, and shows what differs", async () => {
    const approve = async (): Promise<boolean> => {
      project.write({ it: { type: "intranet", unbound: true } });
      const byHand = await project.anycast(["deploy", "--auto-approve"], { env: { ...project.env, STATE: address() } });
      return byHand.code === 0;
    };
    const jobs = await inCloud(push(), { approve });
    expect(jobs["anycast / deploy / plan"]!.summary).toContain("5 to add, 0 to change, 0 to destroy");
    const { result, outputs, summary } = jobs["anycast / deploy / deploy"]!;
    expect([result, outputs["failure-reason"]]).toEqual(["failure", "plan-changed"]);
    expect(summary).toContain("alicloud_vpc.vpc");
  });

  test("deploys nothing that is rejected or from another branch, and can release a lock by hand", async () => {
    expect(resultsOf(await inCloud({ ...push(), ref: "refs/heads/other" }))).toEqual({});
    const rejected = await inCloud(push(), { approve: () => false });
    expect(resultsOf(rejected)).toEqual({
      "anycast / deploy / plan": "success",
      "anycast / deploy / deploy": "failure",
    });
    expect(server.state()).toBeUndefined();
    server.lockFor("ci@runner-7");
    const { ID } = JSON.parse(server.lock()!) as { ID: string };
    const inputs = { stack: "it", "lock-id": ID };
    const byHand = await inCloud({ ...push(), name: "workflow_dispatch", payload: { repository, inputs } });
    expect(byHand["anycast / unlock / unlock"]?.log).toContain("[StateLocked]");
    expect([resultsOf(byHand), server.lock()]).toEqual([{ "anycast / unlock / unlock": "success" }, undefined]);
  });
});
