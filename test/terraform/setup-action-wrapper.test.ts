import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../src/core/process";
import { commandName, terraformBinary } from "../../src/core/terraform-binary";
import { applySaved, savePlans } from "../../src/gate/stacks";
import { Interruption } from "../../src/terraform";
import type { AppOnDisk } from "../support/app";
import { deploy, makeApp } from "../support/app";
import { injectedCheck } from "../support/injected-check";
import type { StackOnDisk } from "../support/project";
import { dataStack, makeStack, anycastTerraform } from "../support/project";
import type { Wrapper } from "../support/setup-action-wrapper";
import { wrapTerraform } from "../support/setup-action-wrapper";

let wrapper: Wrapper;
let app: AppOnDisk | undefined;
let stack: StackOnDisk | undefined;
afterEach(() => {
  wrapper.remove();
  app?.remove();
  stack?.remove();
  app = stack = undefined;
});

/** A script that does one thing to terraform's answer to one command, and nothing else. */
const changing =
  (command: string, then: string) =>
  (program: string): string =>
    `#!/bin/sh\n'${program}' "$@"; code=$?\nfor one in "$@"; do [ "$one" = ${command} ] && { ${then}; }; done\nexit $code\n`;

describe("terraform behind the wrapper of setup-terraform", () => {
  test("the program next to the wrapper is run", () => {
    wrapper = wrapTerraform();
    expect(terraformBinary({ ...wrapper.env, TERRAFORM_BINARY_NAME: "anycast-terraform" })).toBe(`${wrapper.path}-bin`);
    expect(terraformBinary({ PATH: "", ANYCAST_TERRAFORM: wrapper.path })).toBe(`${wrapper.path}-bin`);
    expect(commandName(`${wrapper.path}-bin`)).toBe("terraform");
  });

  test("deploy and destroy work, and the wrapper is never run", async () => {
    wrapper = wrapTerraform();
    app = makeApp({ base: { input: "base" } });
    expect(await deploy(app, { env: wrapper.env })).toMatchObject({ exitCode: 0, statuses: { base: "done" } });
    expect(app.state("base")).toEqual(["terraform_data.it"]);
    const destroyed = await deploy(app, { env: wrapper.env, operation: "destroy" });
    expect(destroyed).toMatchObject({ exitCode: 0, statuses: { base: "done" } });
    expect(app.state("base")).toEqual([]);
    expect(existsSync(join(dirname(wrapper.path), "wrapped.log"))).toBe(false);
  });

  test("a saved plan is applied", async () => {
    wrapper = wrapTerraform();
    app = makeApp({ base: { input: "base" } });
    const directory = join(app.root, "plans");
    await deploy(app, {
      env: wrapper.env,
      operation: "plan",
      onAllowed: async (plans) => savePlans(directory, plans, undefined, wrapper.env),
    });
    const applied = await applySaved({
      directory,
      projectDirectory: app.root,
      env: wrapper.env,
      emit: () => undefined,
      check: injectedCheck,
      approve: async () => true,
      interruption: new Interruption(),
    });
    expect(applied.stacks).toMatchObject([{ stack: "base", status: "done", changes: { add: 1 } }]);
    expect(app.state("base")).toEqual(["terraform_data.it"]);
  });

  test("the shell front passes other commands to the program itself", async () => {
    wrapper = wrapTerraform();
    stack = await makeStack(dataStack("good"));
    const { exitCode } = await run(join(__dirname, "../../bin/anycast-terraform"), ["version"], {
      cwd: stack.cwd,
      env: { ...wrapper.env, TERRAFORM_BINARY_NAME: "anycast-terraform" },
    });
    expect([exitCode, existsSync(join(dirname(wrapper.path), "wrapped.log"))]).toEqual([0, false]);
  });
});

describe("a script in place of terraform that cannot be bypassed", () => {
  test.each(["deploy", "destroy"] as const)("%s stops with exit code 2 and names the script", async (operation) => {
    wrapper = wrapTerraform({ direct: false });
    app = makeApp({ base: { input: "base" } });
    if (operation === "destroy") await deploy(app);
    const before = app.state("base");
    const { exitCode, stacks } = await deploy(app, { env: wrapper.env, operation });
    expect(exitCode).toBe(2);
    expect(stacks[0]!.error).toMatchObject({
      code: "TerraformContradictsItself",
      message: expect.stringContaining(wrapper.path) as string,
    });
    expect(stacks[0]!.error!.message).toContain(operation === "deploy" ? "1 to add" : "1 to destroy");
    expect(app.state("base")).toEqual(before);
  });

  test.each([
    ["by hand", {}],
    ["behind cdktf", { TF_APPEND_USER_AGENT: "cdktf/0.21.0" }],
  ])("terraform apply %s stops with exit code 2 and names the script", async (_how, more) => {
    wrapper = wrapTerraform({ direct: false });
    stack = await makeStack(dataStack("good"));
    const { code, err } = await anycastTerraform(stack, ["apply", "-auto-approve"], {
      env: { ...wrapper.env, ...more },
    });
    expect(code).toBe(2);
    expect(err).toContain("[TerraformContradictsItself]");
    expect(err).toContain(wrapper.path);
    expect(stack.state()).toBeUndefined();
  });

  test.each([
    ["init", "code=0", "", "TerraformFailed"],
    ["plan", "code=2", "", "TerraformContradictsItself"],
    ["apply", "code=0", "fail", "TerraformFailed"],
  ])("terraform's message of a failed %s overrides exit code 0", async (command, then, fails, code) => {
    wrapper = wrapTerraform({ direct: false, script: changing(command, then.replace("code=0", "code=0")) });
    const provisioner = [{ "local-exec": { command: fails === "" ? "true" : "exit 3" } }];
    const resource = { terraform_data: { it: { input: command === "plan" ? "same" : "x", provisioner } } };
    app = makeApp({ base: { input: "x", ...(command === "init" ? { backend: { nonsense: {} } } : { resource }) } });
    if (command === "plan") await deploy(app);
    const { exitCode, stacks } = await deploy(app, { env: wrapper.env });
    expect([exitCode, stacks[0]!.status, stacks[0]!.error?.code]).toEqual([2, "failed", code]);
  });

  test("an apply with exit code 0 but without a summary is not successful", async () => {
    const mute = (program: string): string => `#!/bin/sh\n[ "$1" = apply ] && exit 0\nexec '${program}' "$@"\n`;
    wrapper = wrapTerraform({ direct: false, script: mute });
    app = makeApp({ base: { input: "base" } });
    const { exitCode, stacks } = await deploy(app, { env: wrapper.env });
    expect([exitCode, stacks[0]!.error?.code]).toEqual([2, "TerraformContradictsItself"]);
    stack = await makeStack(dataStack("good"));
    const byHand = await anycastTerraform(stack, ["apply", "-auto-approve"], { env: wrapper.env });
    expect(byHand.code).toBe(2);
    expect(byHand.err).toContain("did not say that it is done");
  });

  test("a line before the plan's JSON is quoted in the error", async () => {
    const echo = (program: string): string =>
      `#!/bin/sh\n[ "$1" = show ] && echo "[command]/opt/terraform-bin $*"\nexec '${program}' "$@"\n`;
    wrapper = wrapTerraform({ direct: false, script: echo });
    app = makeApp({ base: { input: "base" } });
    const { stacks } = await deploy(app, { env: wrapper.env });
    expect(stacks[0]!.error).toMatchObject({ code: "PlanNotShown" });
    expect(stacks[0]!.error!.message).toContain("[command]/opt/terraform-bin show -json");
  });

  test("the log of the wrapper shows that it was used", async () => {
    wrapper = wrapTerraform({ direct: false });
    stack = await makeStack(dataStack("good"));
    await anycastTerraform(stack, ["plan"], { env: wrapper.env });
    expect(readFileSync(join(dirname(wrapper.path), "wrapped.log"), "utf8")).toContain("plan -input=true");
  });
});
