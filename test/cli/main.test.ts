import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { main } from "../../src/cli/main";
import { VERBS } from "../../src/cli/verbs";

const REPOSITORY = join(__dirname, "../..");

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function anycast(
  argv: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Result> {
  let out = "";
  let err = "";
  const code = await main(argv, {
    stdin: new PassThrough().end(),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: { ...process.env, ...options.env },
    cwd: options.cwd ?? tmpdir(),
  });
  return { code, out, err };
}

describe("the command line", () => {
  test("--version prints the version of package.json", async () => {
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as { version: string };
    expect(await anycast(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  test("--help lists every verb and the exit codes on stdout", async () => {
    const { code, out } = await anycast(["--help"]);
    expect(code).toBe(0);
    for (const verb of VERBS.keys()) expect(out).toMatch(new RegExp(`^  ${verb}\\b`, "m"));
    expect(out).toContain("Exit codes: 0 allowed or done, 1 refused by policy, 2 could not check or do it.");
  });

  test.each([...VERBS.keys()].filter((verb) => verb !== "verify"))("%s --help shows examples", async (verb) => {
    const { code, out } = await anycast([verb, "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(verb === "keys" ? /new/ : /Examples:\n {2}(.*\|)?.*anycast /);
  });

  test("without arguments it shows help on stderr and exits 2", async () => {
    const { code, out, err } = await anycast([]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Usage: anycast");
  });

  test.each([
    [["chek"], "Did you mean check?"],
    [["deploy", "--auto-aprove"], "Did you mean --auto-approve?"],
    [["deploy", "--parallelism", "many"], "Expected a whole number from 1 to 1000."],
    [["deploy", "--format", "xml"], "one of text, json, sarif, junit, github, markdown"],
    [["keys", "nwe"], "Did you mean new?"],
  ])("%j exits 2 with a hint on stderr", async (argv, hint) => {
    const { code, out, err } = await anycast(argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(hint);
  });

  test("an error is one sentence with its code, and --debug shows the cause behind it", async () => {
    const plain = await anycast(["plan"], { cwd: "/" });
    expect(plain.code).toBe(2);
    expect(plain.err.trim().split("\n")).toHaveLength(1);
    expect(plain.err).toContain("[ProjectNotFound]");
    const debug = await anycast(["plan", "--debug"], { cwd: "/" });
    expect(debug.err).toContain("caused by: Error: ENOENT");
  });

  test("deploy without a terminal and without --auto-approve exits 2 before anything runs", async () => {
    const { code, err } = await anycast(["deploy"], { cwd: "/" });
    expect(code).toBe(2);
    expect(err).toContain("[ApprovalNotPossible]");
    expect(err).toContain("--auto-approve");
  });

  test.each(["--target", "--exclude"])("%s is refused with the reason", async (option) => {
    const { code, err } = await anycast(["deploy", "--auto-approve", option, "a.b"]);
    expect(code).toBe(2);
    expect(err).toContain("could leave a binding out of what is checked");
  });

  test("explain lists every rule, and explains one by its last part", async () => {
    const list = await anycast(["explain"]);
    expect(list.out).toContain("binding/internal-only");
    const one = await anycast(["explain", "internal-only"]);
    expect(one.code).toBe(0);
    expect(one.out).toContain("address_type");
    const none = await anycast(["explain", "no-such-rule"]);
    expect(none.code).toBe(2);
    expect(none.err).toContain("[RuleNotFound]");
  });
});

describe("anycast init", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-init-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("creates a project with library, gate and workflow, and never replaces a file", async () => {
    const { code, out, err } = await anycast(["init", "my-service", "--region", "cn-hongkong"], { cwd: directory });
    const made = join(directory, "my-service");
    expect([code, out]).toEqual([0, `${made}\n`]);
    expect(err).toContain("npm install && npm run try");
    for (const path of ["cdktf.json", "main.ts", "anycast.yaml", ".github/workflows/anycast.yml"]) {
      expect(existsSync(join(made, path))).toBe(true);
    }
    expect(readFileSync(join(made, "main.ts"), "utf8")).toContain('region: "cn-hongkong"');
    const again = await anycast(["init", "my-service"], { cwd: directory });
    expect(again.code).toBe(2);
    expect(again.err).toContain("[FileExists]");
  });

  test.each(["X y", "-", "1"])("the name %j is refused", async (name) => {
    expect((await anycast(["init", "x", "--name", name], { cwd: directory })).err).toContain("[NameInvalid]");
  });
});

describe("the process", () => {
  const bin = join(REPOSITORY, "bin/anycast");

  test("a stdout that is closed early is not an error", () => {
    const { stdout, stderr } = spawnSync("/bin/bash", ["-c", `"${bin}" explain | head -n 1; echo "\${PIPESTATUS[0]}"`]);
    expect(stdout.toString().trim().split("\n").at(-1)).toBe("0");
    expect(stderr.toString()).not.toContain("EPIPE");
  });

  test("--version loads nothing but package.json", () => {
    const { stdout } = spawnSync(process.execPath, [
      "-e",
      `process.argv = ["node", "anycast", "--version"]; require(${JSON.stringify(bin)}); process.stdout.write(JSON.stringify(Object.keys(require.cache).length))`,
    ]);
    expect(stdout.toString().split("\n")[1]).toBe("2");
  });
});
