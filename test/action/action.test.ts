import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PLANS } from "../report/support/reports";
import { FakeGithub } from "./support/github";
import type { StepEnd } from "./support/runner";
import { DEFINITION, runStep } from "./support/runner";

jest.setTimeout(180_000);

let workspace: string;
beforeEach(() => (workspace = realpathSync(mkdtempSync(join(tmpdir(), "anycast-workspace-")))));
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function plan(name: string, path = "plan.json"): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  copyFileSync(join(PLANS, `${name}.json`), join(workspace, path));
}

const step = (inputs: Record<string, string>, rest: Partial<Parameters<typeof runStep>[0]> = {}): Promise<StepEnd> =>
  runStep({ workspace, with: inputs, ...rest });

describe("the action, in a directory with only a plan", () => {
  it.each([
    ["internal-vpc", 0, "allowed", "", "Verdict: allowed (1 warning; 1 binding proven)"],
    ["internet-facing", 1, "denied", "denied", "::error title=denied%3A binding/internal-only::"],
    ["index", 2, "error", "error", "NotAPlan::"],
  ])("checks %s: annotations, summary, outputs and exit code agree", async (name, code, verdict, reason, shown) => {
    plan(name);
    const ended = await step({ plan: "plan.json" });
    expect(ended.log).toContain(shown);
    expect(ended.code).toBe(code);
    expect(ended.summary).toMatch(new RegExp(`^## Policy check: ${verdict}\\n`));
    expect(ended.outputs).toMatchObject({ verdict, "failure-reason": reason });
    expect(Object.keys(ended.outputs).sort()).toEqual(Object.keys(DEFINITION.outputs).sort());
    expect(JSON.parse(readFileSync(ended.outputs.report!, "utf8"))).toMatchObject({ verdict });
    expect(JSON.parse(readFileSync(ended.outputs.sarif!, "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  it("counts what the plan changes", async () => {
    plan("internal-vpc");
    const changes = JSON.parse(readFileSync(join(PLANS, "internal-vpc.json"), "utf8")) as {
      resource_changes: { change: { actions: string[] } }[];
    };
    const created = changes.resource_changes.filter(({ change }) => change.actions.includes("create")).length;
    expect((await step({ plan: "plan.json" })).outputs).toMatchObject({
      add: String(created),
      change: "0",
      destroy: "0",
    });
  });

  it.each([
    ["no plan", { plan: " \n" }, "[InputInvalid]"],
    ["an unknown mode", { plan: "plan.json", mode: "guess" }, "[InputInvalid]"],
    ["a directory that does not exist", { plan: "plan.json", "working-directory": "nowhere" }, "[DirectoryMissing]"],
    ["settings that do not exist", { plan: "plan.json", config: "nowhere.yaml" }, "ConfigNotFound"],
    ["an unknown argument", { plan: "plan.json", arguments: "--guess" }, "--guess"],
  ])("ends with an annotation, a summary and exit code 2 for %s", async (_what, inputs, said) => {
    plan("internal-vpc");
    const ended = await step(inputs);
    expect(ended.code).toBe(2);
    expect(ended.log).toMatch(/^::error /m);
    expect(ended.log).toContain(said);
    expect(ended.summary).toMatch(/^## Policy check: error\n/);
    expect(ended.outputs).toMatchObject({ verdict: "error", "failure-reason": "error" });
  });

  it.each([
    ["warning", "internal-vpc", 1],
    ["error", "internet-facing", 0],
    ["error", "index", 2],
  ])("fails on %s, with %s, with exit code %d", async (failOn, name, code) => {
    plan(name);
    expect((await step({ plan: "plan.json", "fail-on": failOn })).code).toBe(code);
  });

  it("reads one plan name per line, and executes nothing that a name contains", async () => {
    const name = "$(touch pwned) `touch pwned`; 'a' \"b\" * .json";
    plan("internal-vpc", name);
    plan("destroy-all", "other.json");
    const ended = await step({ plan: `\n${name}\r\n\nother.json` });
    expect([ended.code, ended.outputs.verdict]).toEqual([0, "allowed"]);
  });
});

describe("the action on a pull request", () => {
  const head = (): string => git("rev-parse", "HEAD");
  let github: FakeGithub;
  beforeEach(async () => {
    github = await FakeGithub.start();
    git("init", "--quiet", "--initial-branch=main");
    plan("internal-vpc", "README.md");
    commit();
  });
  afterEach(() => github.stop());

  function git(...args: string[]): string {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    return execFileSync("git", [...identity, ...args], { cwd: workspace, encoding: "utf8" }).trim();
  }
  function commit(): string {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message=x");
    return head();
  }
  function event(change: { base?: string; fork?: boolean } = {}): object {
    const repo = { full_name: change.fork === true ? "someone/infra" : "acme/infra" };
    github.head = head();
    return { pull_request: { number: 7, head: { sha: head(), repo }, base: { sha: change.base ?? head() } } };
  }
  const onPullRequest = (
    inputs: Record<string, string> = {},
    change: Parameters<typeof event>[0] = {},
  ): Promise<StepEnd> =>
    step(
      { plan: "plan.json", ...inputs },
      { event: event(change), env: { GITHUB_API_URL: github.url, GITHUB_SHA: head() } },
    );

  it("uses the settings of the base, and shows first those that the change edits", async () => {
    const base = head();
    writeFileSync(join(workspace, "anycast.yaml"), "levels: { address/name: off }\nregions: current\n");
    commit();
    plan("internal-vpc");
    const ended = await onPullRequest({}, { base });
    expect(ended.log).toMatch(/^::warning file=anycast\.yaml,title=settings change::This change adds/m);
    expect(JSON.parse(readFileSync(ended.outputs.report!, "utf8"))).toMatchObject({
      settings: [{ from: base, commit: base }],
    });
    const { body } = github.comments[0]!;
    expect(body.indexOf("> **Settings change.**")).toBeLessThan(body.indexOf("### Findings"));
  });

  it("uses the first parent of the merge commit that GitHub checks out", async () => {
    const old = head();
    writeFileSync(join(workspace, "anycast.yaml"), "regions: [cn-hongkong]\n");
    const base = commit();
    git("checkout", "--quiet", "-b", "change", old);
    const change = commit();
    git("checkout", "--quiet", "main");
    git("merge", "--quiet", "--no-ff", "--message=merge", "change");
    plan("internal-vpc");
    const pull = {
      pull_request: { number: 7, head: { sha: change, repo: { full_name: "acme/infra" } }, base: { sha: old } },
    };
    github.head = change;
    const ended = await step(
      { plan: "plan.json" },
      { event: pull, env: { GITHUB_API_URL: github.url, GITHUB_SHA: head() } },
    );
    expect(JSON.parse(readFileSync(ended.outputs.report!, "utf8"))).toMatchObject({ settings: [{ commit: base }] });
    expect(ended.code).toBe(1);
  });

  it("exits 2 where the base is not in the checkout and cannot be fetched", async () => {
    plan("internal-vpc");
    const ended = await onPullRequest({}, { base: "0".repeat(40) });
    expect([ended.code, ended.log]).toEqual([2, expect.stringContaining("[BaseNotFound]")]);
  });

  it("keeps one comment, updates it in place, and names commit and plan in it", async () => {
    plan("internet-facing");
    await onPullRequest();
    expect(github.comments).toHaveLength(1);
    const { id, body } = github.comments[0]!;
    expect(body).toContain(`of commit <code>${head()}</code>`);
    expect(body).toMatch(/^<!-- anycast-comment \. -->\n\n## Anycast check: denied\n/);
    plan("internal-vpc");
    await onPullRequest();
    expect(github.comments.map((one) => one.id)).toEqual([id]);
    expect(github.comments[0]!.body).toContain("## Anycast check: allowed");
    const writes = github.requests.filter((one) => !one.startsWith("GET ")).length;
    await onPullRequest();
    expect(github.requests.filter((one) => !one.startsWith("GET "))).toHaveLength(writes);
  });

  it("keeps a comment for each project of a repository", async () => {
    plan("internal-vpc", "apps/a/plan.json");
    plan("internet-facing", "apps/b/plan.json");
    for (const app of ["a", "b"]) await onPullRequest({ "working-directory": `apps/${app}` });
    expect(
      github.comments.map(({ body }) => /## Anycast check of <code>(.*?)<\/code>: (\w+)/.exec(body)?.slice(1)),
    ).toEqual([
      ["apps/a", "allowed"],
      ["apps/b", "denied"],
    ]);
  });

  it("finds its comment on a later page, and never edits another author's", async () => {
    plan("internet-facing");
    await onPullRequest();
    const ours = github.comments.pop()!;
    for (let i = 0; i < 230; i++) github.add(`comment ${String(i)}`, "someone");
    const theirs = github.add(ours.body, "someone");
    github.comments.push(ours);
    plan("internal-vpc");
    await onPullRequest();
    expect(github.comments).toHaveLength(232);
    expect(ours.body).toContain("## Anycast check: allowed");
    expect(theirs.body).toContain("## Anycast check: denied");
  });

  it("leaves one comment when two runs create one at the same time", async () => {
    plan("internet-facing");
    await onPullRequest();
    const marker = github.comments.pop()!.body.split("\n")[0]!;
    github.beforeCreate = () => {
      github.beforeCreate = () => undefined;
      github.add(`${marker}\n\nof the other run`);
    };
    await onPullRequest();
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]!.body).toContain("## Anycast check: denied");
  });

  it("creates no comment where nothing changes, and updates an existing one", async () => {
    const noChange = JSON.parse(readFileSync(join(PLANS, "internal-vpc.json"), "utf8")) as Record<string, unknown>;
    Object.assign(noChange, {
      resource_changes: [],
      output_changes: {},
      configuration: { root_module: {} },
      applyable: false,
      planned_values: {},
    });
    writeFileSync(join(workspace, "plan.json"), JSON.stringify(noChange));
    const ended = await onPullRequest();
    expect([ended.code, github.comments]).toEqual([0, []]);
    plan("internet-facing");
    await onPullRequest();
    writeFileSync(join(workspace, "plan.json"), JSON.stringify(noChange));
    await onPullRequest();
    expect(github.comments.map(({ body }) => /nothing to deploy/.test(body))).toEqual([true]);
  });

  it("leaves the comment alone once a newer commit was pushed", async () => {
    plan("internet-facing");
    const pull = event();
    github.head = "f".repeat(40);
    const ended = await step(
      { plan: "plan.json" },
      { event: pull, env: { GITHUB_API_URL: github.url, GITHUB_SHA: head() } },
    );
    expect([ended.code, github.comments]).toEqual([1, []]);
    expect(ended.log).toContain("a newer commit was pushed");
  });

  it("writes no comment for a fork: annotations and summary only, and no request is sent", async () => {
    plan("internet-facing");
    const ended = await onPullRequest({}, { fork: true });
    expect([ended.code, github.requests]).toEqual([1, []]);
    expect(ended.log).toContain("::notice title=anycast::No comment");
    expect(ended.summary).toMatch(/^## Policy check: denied\n/);
  });

  it.each([
    ["403 without permission", /POST/, 403, undefined, 1, 0],
    ["404 for a pull request that is gone", /pulls/, 404, undefined, 1, 0],
    ["500 once", /POST/, 500, undefined, 1, 1],
    ["a rate limit", /POST/, 429, { "retry-after": "1" }, 1, 1],
  ])("keeps the verdict whatever the API answers: %s", async (_what, match, status, headers, times, comments) => {
    plan("internet-facing");
    github.failures.push({ match, status, times, ...(headers === undefined ? {} : { headers }) });
    const ended = await onPullRequest();
    expect([ended.code, ended.outputs.verdict, github.comments.length]).toEqual([1, "denied", comments]);
    if (comments === 0) expect(ended.log).toContain("::warning title=anycast::The comment could not be written");
  });

  it("publishes no value of an environment variable that holds a secret", async () => {
    plan("internet-facing");
    const text = readFileSync(join(workspace, "plan.json"), "utf8");
    writeFileSync(join(workspace, "hunter2-secret.json"), text);
    const ended = await step(
      { plan: "hunter2-secret.json" },
      {
        event: event(),
        env: { GITHUB_API_URL: github.url, GITHUB_SHA: head(), ALICLOUD_SECRET_KEY: "hunter2-secret" },
      },
    );
    for (const said of [ended.log, ended.summary, github.comments[0]!.body]) {
      expect(said).not.toContain("hunter2-secret");
      expect(said).toContain("***.json");
    }
  });
});
