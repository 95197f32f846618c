import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../src/core/package-root";
import { run } from "../../src/core/process";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";

/** Far more than any of these commands takes; one that waits at a pipe would wait forever. */
const LIMIT_MS = 60_000;

let app: AppOnDisk;
const at = (...parts: readonly string[]): string => join(app.root, ...parts);
const stackDirectory = (): string => at("cdktf.out", "stacks", "base");

async function start(program: string, args: readonly string[], cwd = app.root): Promise<{ code: number; err: string }> {
  const { exitCode, stderr, stdout } = await run(join(PACKAGE_ROOT, "bin", program), args, {
    cwd,
    env: { ...process.env, CI: "1", ANYCAST_SANDBOX: "", TF_REATTACH_PROVIDERS: "" },
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  return { code: exitCode ?? -1, err: `${stdout.toString()}${stderr.toString()}` };
}

beforeAll(async () => {
  app = makeApp({ base: { input: "base" } });
  execFileSync("mkfifo", [at("pipe")]);
  expect((await start("anycast", ["keys", "new", "r.key"])).code).toBe(0);
  expect((await start("anycast", ["plan", "--save", "plans", "--receipts", "receipts"])).code).toBe(0);
});
afterAll(() => app.remove());
afterEach(() => rmSync(at("copy"), { recursive: true, force: true }));

/** A copy of the saved plans in which one file is a pipe. */
const savedWith = (file: string) => (): void => {
  cpSync(at("plans"), at("copy"), { recursive: true });
  rmSync(at("copy", file));
  execFileSync("mkfifo", [at("copy", file)]);
};

/** A directory with a pipe in it. */
const pipeIn = (directory: string, file: string) => (): void => {
  rmSync(at(directory), { recursive: true, force: true });
  mkdirSync(at(directory));
  execFileSync("mkfifo", [at(directory, file)]);
};

test.each<[string, readonly string[]]>([
  ["the public keys", ["keys", "list", "loop"]],
  ["the directory of the sandbox", ["sandbox", "--directory", "loop", "--", "true"]],
  ["the seed of the sandbox", ["sandbox", "--seed-state", "loop", "--", "true"]],
])("%s behind links that lead to each other are no internal error", async (_what, args) => {
  rmSync(at("loop"), { force: true });
  symlinkSync("loop", at("loop"));
  const { code, err } = await start("anycast", args);
  expect(err).toContain("loop");
  expect(err).not.toContain("InternalError");
  expect(code).toBe(2);
});

describe("a pipe or a device in place of a file is refused at once", () => {
  const none = (): void => undefined;
  test.each<[string, readonly string[], () => void]>([
    ["the plan of check", ["check", "pipe"], none],
    ["a device as the plan of check", ["check", "/dev/zero"], none],
    ["the settings", ["plan", "--config", "pipe"], none],
    ["custom rules", ["plan", "--policy", "pipe"], none],
    ["variables", ["plan", "--var-file", "pipe"], none],
    ["the signing key", ["plan", "--sign-key", "pipe"], none],
    ["an output", ["plan", "--output", "json=pipe"], none],
    ["the log of events", ["plan", "--events", "pipe"], none],
    ["the file for outputs", ["deploy", "--auto-approve", "--outputs-file", "pipe"], none],
    ["the required receipt", ["deploy", "--auto-approve", "--require-receipt", "pipe"], none],
    [
      "the verification key",
      ["deploy", "--auto-approve", "--require-receipt", "receipts", "--receipt-key", "pipe"],
      none,
    ],
    ["a saved plan", ["apply", "copy", "--auto-approve"], savedWith("base/plan.tfplan")],
    ["a saved receipt", ["apply", "copy", "--auto-approve"], savedWith("base/receipt.json")],
    ["the index of saved plans", ["apply", "copy", "--auto-approve"], savedWith("plans.json")],
    ["the outputs to verify", ["verify", "--outputs", "pipe"], none],
    [
      "the certificates of verify",
      ["verify", "--cacert", "pipe", "--accelerated", "192.0.2.1", "--plain", "192.0.2.2"],
      none,
    ],
    ["the seed of the sandbox", ["sandbox", "--seed-state", "pipe", "--", "true"], none],
    ["the directory of the sandbox", ["sandbox", "--directory", "pipe", "--", "true"], none],
    ["the state of the sandbox", ["sandbox", "--directory", "cloud", "--", "true"], pipeIn("cloud", "state.json")],
    ["the lock of the sandbox", ["sandbox", "--directory", "cloud", "--", "true"], pipeIn("cloud", "lock")],
    ["a file among custom rules", ["check", "plan.json", "--policy", "rules"], pipeIn("rules", "data.json")],
    ["the folder of bindings", ["bindings", "alicloud_vpc", "--out", "pipe"], none],
  ])("%s", async (_what, args, prepare) => {
    prepare();
    const { code, err } = await start("anycast", args);
    expect(err).toMatch(/(pipe|device|cloud)/);
    expect(err).not.toContain("InternalError");
    expect(code).toBe(2);
    expect(app.state("base")).toBeUndefined();
  });

  test.each<[string, readonly string[]]>([
    ["the plan of apply", ["apply", "../../../pipe"]],
    ["variables", ["plan", "-input=false", "-var-file=../../../pipe"]],
    ["the plan file to be written", ["plan", "-input=false", "-out=../../../pipe"]],
  ])("%s, through anycast-terraform", async (_what, args) => {
    const { code, err } = await start("anycast-terraform", args, stackDirectory());
    expect(err).toContain("[NotARegularFile]");
    expect([code, statSync(at("pipe")).isFIFO()]).toEqual([2, true]);
  });

  test.each([
    "more.tf",
    "terraform.tfvars",
    "terraform.tfstate",
    ".terraform.lock.hcl",
    ".terraform/terraform.tfstate",
  ])("%s in the directory of the configuration, through anycast-terraform", async (file) => {
    const [path, kept] = [join(stackDirectory(), file), at("kept")];
    if (existsSync(path)) renameSync(path, kept);
    execFileSync("mkfifo", [path]);
    try {
      const { code, err } = await start("anycast-terraform", ["plan", "-input=false"], stackDirectory());
      expect(err).toContain("[NotARegularFile]");
      expect(code).toBe(2);
    } finally {
      rmSync(path);
      if (existsSync(kept)) renameSync(kept, path);
    }
  });

  test("a plan that does not exist is named in the error, through anycast-terraform", async () => {
    const { code, err } = await start("anycast-terraform", ["apply", "nowhere.tfplan"], stackDirectory());
    expect(err.replace(/\s+/g, " ")).toContain("[PlanNotFound]");
    expect(err).not.toContain("InternalError");
    expect([code, existsSync(app.statePath("base"))]).toEqual([2, false]);
  });
});
