import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { REPOSITORY } from "../support/cloud-project";

jest.setTimeout(120_000);

/** What `npm install` would put there, without a registry: the packages of this repository, and this one by its name. */
function linkPackages(project: string): void {
  const modules = join(project, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(REPOSITORY, "node_modules"))) {
    if (name !== ".bin") symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  }
  symlinkSync(REPOSITORY, join(modules, "cdktf-alicloud-anycast"));
  mkdirSync(join(modules, ".bin"));
  for (const name of ["tsx", "tsc"]) {
    symlinkSync(realpathSync(join(REPOSITORY, "node_modules/.bin", name)), join(modules, ".bin", name));
  }
  for (const name of ["anycast", "anycast-terraform"]) {
    symlinkSync(join(REPOSITORY, "bin", name), join(modules, ".bin", name));
  }
}

describe("a project made by anycast init", () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "anycast-init-")));
  const project = join(directory, "my-service");
  beforeAll(async () => {
    await run(join(REPOSITORY, "bin/anycast"), ["init", "my-service"], { cwd: directory });
    linkPackages(project);
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

  test("passes the compiler", async () => {
    expect(await sh("tsc -p .")).toEqual({ code: 0, said: "" });
  });

  test("deploys in the sandbox and finds accelerated access faster, with the script that the command names", async () => {
    const { code, said } = await sh(scripts()["try"]!);
    expect(said).toMatch(/1 binding/);
    expect(said).toMatch(/faster/);
    expect(code).toBe(0);
  });

  test("is judged in pull requests by the step of its workflow, without an account", async () => {
    const workflow = readFileSync(join(project, ".github/workflows/anycast.yml"), "utf8");
    const [, step] = /- run: (npx .+)\n/.exec(workflow)!;
    rmSync(join(project, ".anycast"), { recursive: true, force: true });
    for (const name of readdirSync(project)) if (name.includes("tfstate")) rmSync(join(project, name));
    const { code, said } = await sh(step!);
    expect(said).toMatch(/1 binding/);
    expect(code).toBe(0);
  });
});
