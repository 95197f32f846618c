import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../support/cloud-project";
import type { StackOnDisk } from "../support/project";
import { dataStack, makeStack } from "../support/project";

jest.setTimeout(60_000);

const FRONT = join(REPOSITORY, "bin/anycast-terraform");

describe("anycast-terraform, called by hand", () => {
  let stack: StackOnDisk;
  beforeEach(async () => {
    stack = await makeStack(dataStack("good"));
    mkdirSync(join(stack.root, "tmp"));
  });
  afterEach(() => stack.remove());

  const call = (
    args: readonly string[],
    { input = "", env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
  ): { code: number | null; out: string } => {
    const { status, stdout, stderr } = spawnSync(FRONT, [...args], {
      cwd: stack.cwd,
      env: { ...process.env, TMPDIR: join(stack.root, "tmp"), ...env },
      input,
      encoding: "utf8",
    });
    return { code: status, out: stdout + stderr };
  };
  const gated = "Policy gate: allowed";

  test("gates apply, apply of a plan file, apply -destroy and apply -refresh-only, each with terraform's own question", () => {
    expect(call(["apply"], { input: "no\n" })).toMatchObject({ code: 1, out: expect.stringContaining(gated) });
    expect(stack.state()).toBeUndefined();
    const applied = call(["apply"], { input: "yes\n" });
    expect(applied).toMatchObject({ code: 0, out: expect.stringContaining("Do you want to perform these actions?") });
    const refreshed = call(["apply", "-refresh-only"], { input: "yes\n" });
    expect(refreshed).toMatchObject({ code: 0, out: expect.stringContaining(gated) });
    expect(call(["plan", "-destroy", "-out=gone"])).toMatchObject({ code: 0, out: expect.stringContaining(gated) });
    expect(call([`-chdir=${stack.cwd}`, "apply", "gone"])).toMatchObject({
      code: 0,
      out: expect.stringContaining(gated),
    });
    expect(stack.state()).toEqual([]);
    expect(call(["apply", "-auto-approve"]).code).toBe(0);
    const destroyed = call(["apply", "-destroy"], { input: "yes\n" });
    expect(destroyed.out).toContain("Do you really want to destroy all resources?");
    expect(destroyed).toMatchObject({ code: 0, out: expect.stringContaining(gated) });
    expect(stack.state()).toEqual([]);
  });

  test("passes commands that change only the state straight on, and plans and checks the next apply from that state", () => {
    expect(call(["apply", "-auto-approve"]).code).toBe(0);
    expect(call(["taint", "terraform_data.it"])).toMatchObject({ code: 0, out: expect.not.stringContaining("gate") });
    expect(call(["apply"], { input: "no\n" }).out).toMatch(/is tainted, so (?:it )?must be[^]*Policy gate: allowed/);
    expect(call(["untaint", "terraform_data.it"]).code).toBe(0);
    expect(call(["state", "list"]).out).toContain("terraform_data.it");
    expect(call(["state", "rm", "terraform_data.it"]).code).toBe(0);
    expect(stack.state()).toEqual([]);
    expect(call(["import", "terraform_data.it", "an-id"]).code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
    expect(call(["refresh"]).code).toBe(0);
    expect(call(["console"], { input: "6 * 7\n" }).out).toContain("42");
    expect(call(["workspace", "new", "other"]).code).toBe(0);
    expect(call(["workspace", "list"]).out).toContain("* other");
    // Another workspace has another state, and its apply is gated all the same.
    expect(call(["apply", "-auto-approve"])).toMatchObject({ code: 0, out: expect.stringContaining(gated) });
    expect(call(["init"]).code).toBe(0);
    expect(call(["version"]).out).toContain("Terraform v");
  });

  test.each([
    [["test"]],
    [["stacks"]],
    [["aply", "-auto-approve"]],
    // terraform skips the empty argument and applies.
    [["", "apply", "-auto-approve"]],
  ])("refuses the ambiguous command line %j", (args) => {
    expect(call(args)).toMatchObject({ code: 2, out: expect.stringContaining("[CommandRefused]") });
    expect(stack.state()).toBeUndefined();
  });

  test("shows terraform's own help and version, and changes nothing", () => {
    // The program may be OpenTofu, where there is no terraform.
    expect(call(["apply", "-help"]).out).toMatch(/Usage: (terraform|tofu) \[global options\] apply/);
    expect(call(["-help", "apply"]).out).toMatch(/Usage: (terraform|tofu) \[global options\] apply/);
    expect(call(["-version", "apply"]).out).toMatch(/(Terraform|OpenTofu) v/);
    expect(call(["--help"]).out).toMatch(/Usage: (terraform|tofu)/);
    expect(stack.state()).toBeUndefined();
  });

  test.each([
    ["a plan file of that name", ["apply", "-auto-approve", "--", "-help"]],
    ["a file with variables of that name", ["apply", "-auto-approve", "-var-file", "--h"]],
  ])("gates an apply with what looks like help but is %s", (_what, args) => {
    // Named by a path, as terraform itself would take `-help` after `--`.
    expect(spawnSync("terraform", ["plan", "-out=./-help"], { cwd: stack.cwd }).status).toBe(0);
    writeFileSync(join(stack.cwd, "--h"), "");
    expect(call(args)).toMatchObject({ code: 0, out: expect.stringContaining(gated) });
  });

  test("refuses help that TF_CLI_ARGS turns into an apply", () => {
    expect(spawnSync("terraform", ["plan", "-out=./-help"], { cwd: stack.cwd }).status).toBe(0);
    const { code, out } = call(["apply", "-help"], { env: { TF_CLI_ARGS_apply: "--" } });
    expect(code).toBe(2);
    expect(out).toContain("[EnvironmentRewritesCommands]");
    expect(stack.state()).toBeUndefined();
  });
});
