import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { terraformEnvironment } from "../../../src/core/terraform-binary";
import type { StackOnDisk, WrapperResult } from "../../support/project";
import { dataStack, makeStack, anycastTerraform } from "../../support/project";

const CDKTF = { TF_APPEND_USER_AGENT: "cdktf/0.21.0 (+https://example.invalid)" };
const CHECKED = {
  check: { c: { assert: [{ condition: '${terraform_data.it.output == "good"}', error_message: "no" }] } },
};

describe("a plan without changes", () => {
  let stack: StackOnDisk;
  afterEach(() => stack.remove());

  /** Runs the wrapper over a terraform that notes its commands. */
  async function noting(args: readonly string[], env: object): Promise<WrapperResult & { commands: string[] }> {
    const log = join(stack.root, "commands");
    const noted = join(stack.root, "noting-terraform");
    writeFileSync(log, "");
    writeFileSync(noted, `#!/bin/sh\necho "$1" >> '${log}'\nexec terraform "$@"\n`);
    chmodSync(noted, 0o755);
    const result = await anycastTerraform(stack, args, { env: { ...env, ANYCAST_TERRAFORM: noted } });
    return { ...result, commands: readFileSync(log, "utf8").trim().split("\n") };
  }

  async function applyPlainly(content: object): Promise<void> {
    stack = await makeStack(content);
    await run("terraform", ["apply", "-auto-approve"], { cwd: stack.cwd, env: terraformEnvironment() });
  }

  test("is checked behind cdktf, and terraform is not started to apply nothing", async () => {
    await applyPlainly(dataStack("good"));
    const before = readFileSync(stack.statePath, "utf8");
    const { code, out, commands } = await noting(["apply", "-auto-approve"], CDKTF);
    expect([code, commands]).toEqual([0, ["plan", "show"]]);
    expect(out).toMatch(/Policy gate: allowed[^]*Apply complete! Resources: 0 added, 0 changed, 0 destroyed\./);
    expect(readFileSync(stack.statePath, "utf8")).toBe(before);
  });

  test("is still refused when it is not allowed", async () => {
    await applyPlainly(dataStack("forbidden"));
    const { code, out, err } = await noting(["apply", "-auto-approve"], CDKTF);
    expect([code, (out + err).includes("test/forbidden"), out.includes("Apply complete!")]).toEqual([1, true, false]);
  });

  test.each<[string, object, readonly string[], object]>([
    ["by hand, because its outputs are then shown", {}, ["apply", "-auto-approve"], {}],
    ["with check results, which are saved in the state", CHECKED, ["apply", "-auto-approve"], CDKTF],
    ["that only refreshes", {}, ["apply", "-refresh-only", "-auto-approve"], CDKTF],
    ["that destroys nothing", {}, ["destroy", "-auto-approve"], CDKTF],
  ])("is applied by terraform %s", async (_title, more, args, env) => {
    await applyPlainly({ ...dataStack("good"), ...more });
    const { code, commands } = await noting(args, env);
    // Shown once to be checked and once for the record of the apply; the state is then compared with what was proven.
    expect([code, commands]).toEqual([0, ["plan", "show", "show", "apply", "state"]]);
  });
});
