import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { terraformEnvironment } from "../../../src/core/terraform-binary";
import { SCANNED_PHRASES } from "../../../src/gate/wrapper/scanner-safe";
import type { StackOnDisk } from "../../support/project";
import { dataStack, makeStack, ownPrivateDirectories, anycastTerraform } from "../../support/project";

const CDKTF = { TF_APPEND_USER_AGENT: "cdktf/0.21.0 (+https://example.invalid)" };

describe("terraform apply through the gate", () => {
  let stack: StackOnDisk;
  afterEach(() => stack.remove());

  test("an allowed plan is applied, without terraform's advice to apply a temporary file", async () => {
    stack = await makeStack(dataStack("good"));
    const { code, out } = await anycastTerraform(stack, ["apply", "-auto-approve"]);
    expect(out).toContain("Apply complete! Resources: 1 added");
    expect(out).toContain("Policy gate: allowed");
    expect(out).not.toContain("Saved the plan to");
    expect(out).not.toContain("exactly these actions");
    expect(out).not.toContain("anycast-run-");
    expect(code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
  });

  test.each([
    ["denied", "forbidden", 1, "Policy gate refused this plan (1 finding)"],
    ["that could not be checked", "uncheckable", 2, "Policy gate could not check this plan"],
  ])("a plan %s is not applied and there is no state", async (_what, input, exitCode, title) => {
    stack = await makeStack(dataStack(input));
    const { code, err } = await anycastTerraform(stack, ["apply", "-auto-approve"]);
    expect(code).toBe(exitCode);
    expect(err).toContain(title);
    expect(err).toContain("Nothing was applied.");
    expect(stack.state()).toBeUndefined();
  });

  test("a refused change leaves the state file as it was, byte for byte", async () => {
    stack = await makeStack(dataStack("good"));
    await anycastTerraform(stack, ["apply", "-auto-approve"]);
    const before = stack.state();
    stack.write(dataStack("forbidden"));
    expect((await anycastTerraform(stack, ["apply", "-auto-approve"])).code).toBe(1);
    expect(stack.state()).toEqual(before);
  });

  test.each([
    ["yes\n", 0, ["terraform_data.it"]],
    ["no\n", 1, undefined],
    ["y\n", 1, undefined],
    ["", 1, undefined],
  ])("the answer %j to the question ends with exit code %i", async (answer, exitCode, state) => {
    stack = await makeStack(dataStack("good"));
    const { code, out } = await anycastTerraform(stack, ["apply"], answer === "" ? {} : { answer });
    expect(out).toContain("Do you want to perform these actions?");
    expect(code).toBe(exitCode);
    expect(stack.state()).toEqual(state);
  });

  test("a denied plan is refused before any question is asked, and its message contains no phrase cdktf reacts to", async () => {
    stack = await makeStack(dataStack("forbidden"));
    const { out, err } = await anycastTerraform(stack, ["apply"], { answer: "yes\n", env: CDKTF });
    for (const phrase of SCANNED_PHRASES) expect(out + err).not.toContain(phrase);
    expect(err).toContain("test/forbidden");
  });

  test("a plan without changes is checked and applied without a question", async () => {
    stack = await makeStack(dataStack("good"));
    await anycastTerraform(stack, ["apply", "-auto-approve"]);
    const { code, out } = await anycastTerraform(stack, ["apply"]);
    expect(out).toContain("No changes.");
    expect(out).not.toContain("Do you want");
    expect(code).toBe(0);
  });

  test("variables reach the plan, and the checked values are the applied ones", async () => {
    stack = await makeStack({ variable: { v: {} }, ...dataStack("${var.v}") });
    expect((await anycastTerraform(stack, ["apply", "-auto-approve", "-var=v=forbidden"])).code).toBe(1);
    const { code, out } = await anycastTerraform(stack, ["apply", "-auto-approve", "-var", "v=fine", "-parallelism=2"]);
    expect(code).toBe(0);
    expect(out).toContain('value = "fine"');
  });

  test("behind cdktf a missing variable fails at once instead of waiting for an answer", async () => {
    stack = await makeStack({ variable: { v: {} }, ...dataStack("${var.v}") });
    const { code, err } = await anycastTerraform(stack, ["apply"], { env: CDKTF });
    expect(code).toBe(1);
    expect(err).toContain("No value for required variable");
  });

  test("destroy is planned, checked, confirmed with terraform's question and carried out", async () => {
    stack = await makeStack(dataStack("good"));
    await anycastTerraform(stack, ["apply", "-auto-approve"]);
    const { code, out } = await anycastTerraform(stack, ["destroy"], { answer: "yes\n" });
    expect(out).toContain("Do you really want to destroy all resources?");
    expect(out).toContain("1 destroyed");
    expect(code).toBe(0);
    expect(stack.state()).toEqual([]);
  });

  test("refresh-only asks behind cdktf with a question that cdktf recognises", async () => {
    stack = await makeStack(dataStack("good"));
    await anycastTerraform(stack, ["apply", "-auto-approve"]);
    stack.write({ ...dataStack("good"), output: { value: { value: "new" } } });
    const { code, out } = await anycastTerraform(stack, ["apply", "-refresh-only"], { answer: "yes\n", env: CDKTF });
    expect(code).toBe(0);
    expect(out).toContain("Apply complete!");
  });

  test("a given plan file is checked, and applied from a private copy", async () => {
    stack = await makeStack(dataStack("forbidden"));
    const plan = join(stack.cwd, "by hand.tfplan");
    await run("terraform", ["plan", `-out=${plan}`], { cwd: stack.cwd, env: terraformEnvironment() });
    expect((await anycastTerraform(stack, ["apply", plan])).code).toBe(1);
    expect(stack.state()).toBeUndefined();
    stack.write(dataStack("fine"));
    await run("terraform", ["plan", `-out=${plan}`], { cwd: stack.cwd, env: terraformEnvironment() });
    expect((await anycastTerraform(stack, ["apply", "by hand.tfplan"])).code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
  });

  test("-chdir is followed, as terraform follows it", async () => {
    stack = await makeStack(dataStack("good"));
    const { code } = await anycastTerraform(stack, [`-chdir=${stack.cwd}`, "apply", "-auto-approve"], {
      cwd: stack.root,
    });
    expect(code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
  });

  test("with -json every line stays JSON, including the refusal", async () => {
    stack = await makeStack(dataStack("forbidden"));
    const { code, out } = await anycastTerraform(stack, ["apply", "-json", "-auto-approve"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; "@level": string });
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatchObject({ "@level": "error", type: "diagnostic" });
  });

  test.each([
    ["-target=terraform_data.it", "OptionRefused"],
    ["-state=other.tfstate", "OptionRefused"],
    ["-new-option", "OptionUnknown"],
    ["-auto-approve=maybe", "OptionInvalid"],
  ])("the option %s is refused with the reason", async (option, code) => {
    stack = await makeStack(dataStack("good"));
    const result = await anycastTerraform(stack, ["apply", option]);
    expect(result.code).toBe(2);
    expect(result.err).toContain(`[${code}]`);
    expect(stack.state()).toBeUndefined();
  });

  test("TF_CLI_ARGS_apply is refused, because it rewrites what was checked", async () => {
    stack = await makeStack(dataStack("good"));
    const env = { TF_CLI_ARGS_apply: "-target=terraform_data.it" };
    const { code, err } = await anycastTerraform(stack, ["apply", "-auto-approve"], { env });
    expect(code).toBe(2);
    expect(err).toContain("[EnvironmentRewritesCommands]");
  });

  test("an emptied state file with a good backup does not count as an empty state", async () => {
    stack = await makeStack(dataStack("good"));
    await anycastTerraform(stack, ["apply", "-auto-approve"]);
    const { copyFileSync, writeFileSync } = await import("node:fs");
    copyFileSync(stack.statePath, `${stack.statePath}.backup`);
    writeFileSync(stack.statePath, "");
    const { code, err } = await anycastTerraform(stack, ["apply", "-auto-approve"]);
    expect(code).toBe(2);
    expect(err).toContain("[StateEmptied]");
    expect(err).toContain(`${stack.statePath}.backup`);
  });

  test("no directory with a plan is left behind", async () => {
    stack = await makeStack(dataStack("forbidden"));
    await anycastTerraform(stack, ["apply", "-auto-approve"]);
    expect(ownPrivateDirectories()).toEqual([]);
    expect(existsSync(join(stack.cwd, "checked.tfplan"))).toBe(false);
  });
});
