import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { mustWork, npm, pack } from "../package/consumer-project";
import { REPOSITORY } from "../support/cloud-project";

// Packages may be installed here.
jest.setTimeout(900_000);

/** What `npm install` would put there, without a registry: the packages of this repository, and this one by its name. */
function linkPackages(project: string): void {
  const modules = join(project, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(REPOSITORY, "node_modules"))) {
    if (name !== ".bin") symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  }
  symlinkSync(REPOSITORY, join(modules, "cdktf-alicloud-anycast"));
  mkdirSync(join(modules, ".bin"));
  for (const name of ["tsx", "tsc", "jest"]) {
    symlinkSync(realpathSync(join(REPOSITORY, "node_modules/.bin", name)), join(modules, ".bin", name));
  }
  for (const name of ["anycast", "anycast-terraform"]) {
    symlinkSync(join(REPOSITORY, "bin", name), join(modules, ".bin", name));
  }
}

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
      linkPackages(project);
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

  test("has scripts that every shell understands", () => {
    expect(Object.values(scripts()).filter((line) => !/^[a-z]+( (&&|--|[a-z-]+))*$/.test(line))).toEqual([]);
  });

  test("tests itself and deploys in the sandbox, and finds accelerated access faster, with npm start", async () => {
    const { code, said } = await sh("npm start");
    expect(said).toMatch(/Tests: +3 passed, 3 total/);
    expect(said).toMatch(/1 binding/);
    expect(said).toMatch(/faster/);
    expect(code).toBe(0);
  });

  test("is checked in pull requests by the step of its workflow, without an account, by the settings of the base", async () => {
    const workflow = readFileSync(join(project, ".github/workflows/anycast.yml"), "utf8");
    const [, step] = /- run: (npx .+)\n/.exec(workflow)!;
    rmSync(join(project, ".anycast"), { recursive: true, force: true });
    for (const name of readdirSync(project)) if (name.includes("tfstate")) rmSync(join(project, name));
    const commit = "git -c user.name=ci -c user.email=ci@example.com commit -qm base";
    const based = await sh(`git init -q && git add -A && ${commit} && git update-ref refs/remotes/origin/main HEAD`);
    expect([based.code, based.said]).toEqual([0, ""]);
    writeFileSync(join(project, "anycast.yaml"), "version: 1\nregions: [us-east-1]\n");
    const { code, said } = await sh(`GITHUB_BASE_REF=main; export GITHUB_BASE_REF; ${step!}`);
    expect(said).toMatch(/1 binding/);
    expect(code).toBe(0);
    const summary = readFileSync(join(project, "policy.md"), "utf8");
    expect(summary).toMatch(/allowed/);
    expect(summary).toContain("anycast.yaml");
  });
});
