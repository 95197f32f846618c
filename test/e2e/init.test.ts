import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse, stringify } from "yaml";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { mustWork, npm, pack } from "../package/consumer-project";
import { FakeGithub } from "../action/support/github";
import { runWorkflow } from "../action/support/workflow/run";
import { REPOSITORY } from "../support/cloud-project";
import { linkModules } from "../support/linked-modules";

// Packages may be installed here.
jest.setTimeout(900_000);

/** CI sets this: packed, installed from a registry, as a newcomer has it. By default the packages of this repository are linked. */
const FULL = process.env.ANYCAST_TEST_MATRIX === "full";

/** From an empty folder, by the one command of the README, but that the two packages are tarballs and not published. */
async function fromTarballs(directory: string, project: string): Promise<void> {
  const packed = join(directory, "packed");
  for (const one of [packed, project]) mkdirSync(one);
  const { file } = await pack(packed);
  await pack(packed, "alicloud-sandbox");
  const cache = (await npm(["config", "get", "cache"], project)).stdout.toString().trim();
  const args = ["exec", "--yes", `--package=${file}`, "--", "anycast", "init", "--install", "--packages", packed];
  mustWork("anycast init", await run("npm", args, { cwd: project, env: terraformEnvironment() }));
  // What npx keeps of a package that is gone.
  for (const name of readdirSync(join(cache, "_npx"))) {
    const manifest = join(cache, "_npx", name, "package.json");
    if (existsSync(manifest) && readFileSync(manifest, "utf8").includes(file)) {
      rmSync(join(cache, "_npx", name), { recursive: true, force: true });
    }
  }
}

describe("a project made by anycast init", () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "anycast-init-")));
  const project = join(directory, "my-service");
  beforeAll(async () => {
    if (FULL) await fromTarballs(directory, project);
    else {
      await run(join(REPOSITORY, "bin/anycast"), ["init", "my-service"], { cwd: directory });
      linkModules(join(project, "node_modules"));
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const sh = async (command: string): Promise<{ code: number | null; said: string }> => {
    const PATH = `${join(project, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
    const env = { ...terraformEnvironment(), PATH, CI: "1", NO_COLOR: "1" };
    const ended = await run("/bin/sh", ["-c", command], { cwd: project, env });
    return { code: ended.exitCode, said: ended.stdout.toString() + ended.stderr.toString() };
  };
  const scripts = (): Record<string, string> =>
    (JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { scripts: Record<string, string> }).scripts;

  test("has scripts that every shell can run", () => {
    expect(Object.values(scripts()).filter((line) => !/^[a-z]+( (&&|--|[a-z-]+))*$/.test(line))).toEqual([]);
  });

  test("tests itself and deploys in the sandbox, and finds accelerated access faster, with npm start", async () => {
    const { code, said } = await sh("npm start");
    expect(said).toMatch(/Tests: +3 passed, 3 total/);
    expect(said).toMatch(/1 binding/);
    expect(said).toMatch(/faster/);
    expect(code).toBe(0);
  });

  test("is checked in pull requests by its workflow, without an account, by the settings of the base", async () => {
    const { jobs, ...rest } = parse(readFileSync(join(project, ".github/workflows/anycast.yml"), "utf8")) as {
      jobs: Record<string, { steps?: { run?: string }[] }>;
    };
    // npm start has run them already.
    expect(jobs.test!.steps!.map(({ run: command }) => command).filter(Boolean)).toEqual(["npm ci", "npm test"]);
    const git = "git -c user.name=ci -c user.email=ci@example.com";
    const based = await sh(`git init -q -b main && git add -A && ${git} commit -qm base && git rev-parse HEAD`);
    const base = based.said.trim();
    writeFileSync(join(project, "anycast.yaml"), "version: 1\nregions: [us-east-1]\n");
    const changed = await sh(`git checkout -qb change && ${git} commit -qam change && git rev-parse HEAD`);
    const head = changed.said.trim();
    const merged = await sh(
      `git checkout -q main && ${git} merge -q --no-ff -m merge change && git config uploadpack.allowAnySHA1InWant true && git rev-parse HEAD`,
    );
    const github = await FakeGithub.start();
    try {
      github.head = head;
      const repo = { full_name: "acme/infra", default_branch: "main" };
      const payload = { repository: repo, pull_request: { number: 7, head: { sha: head, repo }, base: { sha: base } } };
      const ended = await runWorkflow(
        stringify({ ...rest, jobs: { anycast: jobs.anycast } }),
        { name: "pull_request", sha: merged.said.trim(), payload, baseRef: "main" },
        {
          repository: project,
          modules: join(project, "node_modules"),
          env: terraformEnvironment(),
          github,
          secrets: {},
        },
      );
      const { log, result } = ended["anycast / check / check"]!;
      expect([result, result === "success" ? "" : log]).toEqual(["success", ""]);
      expect(log).toContain("Verdict: allowed (1 binding proven)");
      const { body } = github.comments[0]!;
      expect(body.indexOf("> **Settings change.**")).toBeGreaterThan(0);
    } finally {
      await github.stop();
    }
  });

  test.each([
    ["gitlab", [".gitlab-ci.yml"]],
    ["none", []],
  ])("has pipelines for %s on request", async (system, files) => {
    const name = `for-${system}`;
    expect(
      (await run(join(REPOSITORY, "bin/anycast"), ["init", name, "--ci", system], { cwd: directory })).exitCode,
    ).toBe(0);
    const made = readdirSync(join(directory, name)).filter((one) => one.startsWith(".git") && one !== ".gitignore");
    expect(made).toEqual(files);
    if (system !== "gitlab") return;
    // What the page shows, which another test runs.
    const page = readFileSync(join(REPOSITORY, "docs/pull-requests.md"), "utf8");
    expect(page).toContain(`\`\`\`yaml\n${readFileSync(join(directory, name, ".gitlab-ci.yml"), "utf8")}\`\`\``);
  });
});
