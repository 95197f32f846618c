import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { run } from "../../src/core/process";
import { MiniProject, told } from "./mini-project";

jest.setTimeout(120_000);

const ALL_STEPS = [
  "set-up: dependencies from package-lock.json … (TIME)",
  "set-up: provider bindings … (TIME)",
  "set-up: compilation … (TIME)",
  "",
].join("\n");
const NOTHING = "set-up: nothing to do (TIME)\n";

let project: MiniProject;
beforeEach(() => void (project = new MiniProject()));
afterEach(() => project.remove());

describe("The set-up", () => {
  /** A project that is set up, to copy: npm takes longer than all else here. */
  const ready = new MiniProject();
  beforeAll(async () => {
    expect((await ready.bootstrap(["setup"])).exitCode).toBe(0);
    ready.calls();
  });
  afterAll(() => ready.remove());

  it("runs every step on a fresh clone, one line each, and none the second time", async () => {
    expect(told(await project.bootstrap(["setup"]))).toEqual({ exitCode: 0, stderr: ALL_STEPS });
    expect(project.calls()).toEqual(["bindings", "tsc"]);
    expect(told(await project.bootstrap(["setup"]))).toEqual({ exitCode: 0, stderr: NOTHING });
    expect(project.calls()).toEqual([]);
    expect(existsSync(project.path(".setup/lock.json"))).toBe(false);
  });

  it.each<[string, (p: MiniProject) => void, string[], number]>([
    ["a source changed", (p) => p.write("src/index.ts", "1"), ["tsc"], 1],
    ["a source of the sandbox changed", (p) => p.write("packages/sandbox/src/index.ts", "1"), ["tsc"], 1],
    ["a source was added", (p) => p.write("stacks/new.ts", ""), ["tsc"], 1],
    ["a fact changed", (p) => p.write("policies/data/x.json", "{}"), ["tsc"], 1],
    [
      "the list of types changed",
      (p) => p.write("packages/provider-alicloud/allow-list.json", "[]"),
      ["bindings", "tsc"],
      2,
    ],
    [
      "the schema changed",
      (p) => p.write("packages/provider-alicloud/schema/a.schema.json.gz", "x"),
      ["bindings", "tsc"],
      2,
    ],
    [
      "the generator changed",
      (p) => p.write("tools/bindings/main.ts", `${readFileSync(p.path("tools/bindings/main.ts"), "utf8")}\n//`),
      ["bindings", "tsc"],
      2,
    ],
    [
      "the bindings were deleted",
      (p) => rmSync(p.path("packages/provider-alicloud/lib"), { recursive: true }),
      ["bindings"],
      1,
    ],
    ["the compiled files were deleted", (p) => rmSync(p.path("dist"), { recursive: true }), ["tsc"], 1],
    [
      "the compiled sandbox was deleted",
      (p) => rmSync(p.path("packages/sandbox/dist"), { recursive: true }),
      ["tsc"],
      1,
    ],
    ["node_modules was deleted", (p) => rmSync(p.path("node_modules"), { recursive: true }), [], 1],
    ["a stamp is broken", (p) => p.write(".setup/compile.json", '{"inpu'), ["tsc"], 1],
  ])("runs only the steps that are due when %s", async (_, change, calls, lines) => {
    project.remove();
    project = ready.copy();
    change(project);
    const ended = await project.bootstrap(["setup"]);
    expect(ended.exitCode).toBe(0);
    expect(project.calls()).toEqual(calls);
    expect(ended.stderr.toString().trimEnd().split("\n")).toHaveLength(lines);
    expect(told(await project.bootstrap(["setup"])).stderr).toBe(NOTHING);
  });

  it("generates every binding on request, and keeps them afterwards", async () => {
    expect((await project.bootstrap(["bindings", "--all"])).exitCode).toBe(0);
    expect(project.calls()).toEqual(["bindings--all"]);
    await project.bootstrap(["setup"]);
    expect(project.calls()).toEqual(["tsc"]);
  });

  it("passes the arguments of npm test to jest, and ends with jest's exit code", async () => {
    const ended = await project.bootstrap(["test", "-t", "a name"], { env: project.env({ JEST_ENDS_WITH: "7" }) });
    expect(ended.exitCode).toBe(7);
    expect(ended.stdout.toString()).toBe('jest ["-t","a name"]\n');
  });

  it("reports that the demonstration is missing", async () => {
    const ended = told(await project.bootstrap(["start"]));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain("Expected dist/tools/demo/main.js to be there, but it is missing.");
  });

  it.each([[["tset"]], [[]], [["bindings", "--al"]]])("refuses %j with an error message", async (args) => {
    const ended = told(await project.bootstrap(args));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/^Expected .+, got `.+`\. Fix: npm .+\n$/);
  });
});

describe("A machine without terraform", () => {
  const machine = (more: NodeJS.ProcessEnv = {}): { env: NodeJS.ProcessEnv } => ({
    // Programs that npm needs, without the directory of the machine's own terraform.
    env: { ...project.env(more), PATH: `${project.path("bin")}:${project.path("programs")}` },
  });
  beforeEach(async () => {
    rmSync(project.path("bin/terraform"));
    await run("mkdir", ["-p", project.path("programs")]);
    for (const name of ["node", "npm", "sh"]) {
      const { stdout } = await run("sh", ["-c", `readlink -f "$(command -v ${name})"`]);
      await run("ln", ["-s", stdout.toString().trim(), project.path(`programs/${name}`)]);
    }
  });

  it.each(["start", "test", "setup"])("gets OpenTofu after the compilation by %s", async (verb) => {
    project.write("vendor/jest/bin/jest.js", "");
    const ended = told(await project.bootstrap([verb], machine()));
    expect(ended.stderr).toContain(`${ALL_STEPS}fetched\n`);
    expect(project.calls()).toEqual(["bindings", "tsc", "anycast setup"]);
  });

  it.each(["build", "bindings"])("downloads nothing for %s, which needs no terraform", async (verb) => {
    expect((await project.bootstrap([verb], machine())).exitCode).toBe(0);
    expect(project.calls()).not.toContain("anycast setup");
  });

  it("downloads nothing twice", async () => {
    project.write(".setup/opentofu-1.2.3/tofu", "");
    await run("chmod", ["+x", project.path(".setup/opentofu-1.2.3/tofu")]);
    expect((await project.bootstrap(["setup"], machine())).exitCode).toBe(0);
    expect(project.calls()).toEqual(["bindings", "tsc"]);
  });

  it("reports a failed download, and starts nothing", async () => {
    const ended = told(await project.bootstrap(["test"], machine({ FETCH_ENDS_WITH: "2" })));
    expect(ended).toEqual({ exitCode: 2, stderr: `${ALL_STEPS}fetched\nThere is no terraform to run, see above.\n` });
  });

  it.each([
    ["downloads are forbidden", { ANYCAST_NO_DOWNLOAD: "1" }, /^Neither terraform nor tofu was found on PATH, .+TERRAFORM_BINARY_NAME .+\.$/m], // prettier-ignore
    ["the named program does not exist", { TERRAFORM_BINARY_NAME: "/nowhere/tofu" }, /^The program that TERRAFORM_BINARY_NAME names was not found\. Fix: .+$/m], // prettier-ignore
    ["the program named for the wrapper does not exist", { TERRAFORM_BINARY_NAME: "anycast-terraform", ANYCAST_TERRAFORM: "tf" }, /^The program that ANYCAST_TERRAFORM names was not found on PATH\. Fix: .+$/m], // prettier-ignore
  ])("reports in one sentence that %s, before anything is done", async (_, more, sentence) => {
    for (const verb of ["start", "test"]) {
      const ended = told(await project.bootstrap([verb], machine(more)));
      expect(ended).toEqual({ exitCode: 2, stderr: expect.stringMatching(sentence) as string });
    }
    expect(existsSync(project.path("node_modules"))).toBe(false);
    // A set-up alone runs none.
    const { exitCode, stderr } = told(await project.bootstrap(["setup"], machine(more)));
    expect(stderr.slice(stderr.indexOf("\n") + 1)).toBe(ALL_STEPS);
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(0);
  });

  it("uses tofu where it is on PATH", async () => {
    project.write("bin/tofu", "");
    await run("chmod", ["+x", project.path("bin/tofu")]);
    expect((await project.bootstrap(["setup"], machine())).exitCode).toBe(0);
    expect(project.calls()).toEqual(["bindings", "tsc"]);
  });
});

describe("A machine that is not ready", () => {
  it("uses OpenTofu by TERRAFORM_BINARY_NAME", async () => {
    rmSync(project.path("bin/terraform"));
    project.write("tofu", "");
    await run("chmod", ["+x", project.path("tofu")]);
    const env = { ...project.env({ TERRAFORM_BINARY_NAME: project.path("tofu") }) };
    expect((await project.bootstrap(["test"], { env })).exitCode).toBe(0);
  });

  it.each<[string, string, RegExp]>([
    [
      "the disk is full",
      'require("node:fs").writeSync(require("node:fs").openSync("/dev/full", "w"), "x");',
      /The disk is full \(ENOSPC\)\. Fix: /,
    ],
    [
      "npm has no write permission",
      'console.error("npm error code EACCES"); process.exit(243);',
      /Writing to the project directory is not permitted \(EACCES\)\. Fix: /,
    ],
    [
      "npm finds no network",
      'console.error("npm error code EAI_AGAIN"); process.exit(1);',
      /The npm registry cannot be reached\. Fix: /,
    ],
    [
      "npm fails otherwise",
      'console.error("npm error reason"); process.exit(1);',
      /npm ci failed \(exit code 1\):\nnpm error reason/,
    ],
    ["npm does nothing but reports success", "", /npm ci ended without an error, but node_modules does not hold/],
  ])("reports what to do when %s, and continues from there the next time", async (_, script, message) => {
    const ended = told(await project.bootstrap(["setup"], { env: project.insteadOfNpm(script) }));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(told(await project.bootstrap(["setup"]))).toEqual({ exitCode: 0, stderr: ALL_STEPS });
  });

  it("shows the compiler's own message when the sources are wrong", async () => {
    project.write("vendor/typescript/bin/tsc", 'console.log("src/index.ts(1,1): error TS1"); process.exit(2);');
    const ended = told(await project.bootstrap(["setup"]));
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain("Compiling failed (exit code 2):\nsrc/index.ts(1,1): error TS1\n");
  });

  it("reports a project directory that cannot be written", async () => {
    // Root may write anywhere, so the set-up runs as nobody then.
    const asRoot = process.getuid?.() === 0;
    await run("chmod", ["-R", "a+rX", project.directory]);
    await run("chmod", ["555", project.directory]);
    const command = [process.execPath, project.path("tools/bootstrap.cjs"), "setup"];
    const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];
    const [file, args] = asRoot ? ["setpriv", [...nobody, ...command]] : [command[0] as string, command.slice(1)];
    const ended = told(await run(file, args, { cwd: project.directory, env: project.env() }));
    await run("chmod", ["755", project.directory]);
    expect(ended).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        /^Writing to the project directory is not permitted \(EACCES\)\. Fix: .+\.setup\)\n$/,
      ),
    });
  });

  it("reports a missing lockfile", async () => {
    rmSync(project.path("package-lock.json"));
    expect(told(await project.bootstrap(["setup"]))).toEqual({
      exitCode: 2,
      stderr:
        "Expected package-lock.json to be in the project, but it is missing or broken. Fix: restore it from git.\n",
    });
  });

  it("reports a Node that is too old, from a script that old versions can parse", async () => {
    const manifest = JSON.parse(readFileSync(project.path("package.json"), "utf8")) as Record<string, unknown>;
    writeFileSync(project.path("package.json"), JSON.stringify({ ...manifest, engines: { node: ">=99.1.0" } }));
    expect(told(await project.bootstrap(["start"]))).toEqual({
      exitCode: 2,
      stderr: `Expected Node 99.1.0 or newer, got \`${process.versions.node}\`. Fix: install a current Node (https://nodejs.org), then run the command again.\n`,
    });
    expect(existsSync(project.path(".setup"))).toBe(false);
  });
});
