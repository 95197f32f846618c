import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackOnDisk } from "../../support/project";
import { dataStack, makeStack, anycastTerraform } from "../../support/project";

describe("terraform plan through the gate", () => {
  let stack: StackOnDisk;
  afterEach(() => stack.remove());

  test("an allowed plan file is saved under cdktf's name, and can be applied", async () => {
    stack = await makeStack(dataStack("good"));
    const { code, out } = await anycastTerraform(stack, ["plan", "-input=false", "-out", "plan"]);
    expect(code).toBe(0);
    expect(out).toContain("Saved the plan to: plan");
    expect(out).not.toContain("anycast-run-");
    expect(existsSync(join(stack.cwd, "plan"))).toBe(true);
    expect((await anycastTerraform(stack, ["apply", "plan"])).code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
  });

  test.each([
    ["forbidden", 1],
    ["uncheckable", 2],
  ])("a plan with %s ends with exit code %i and removes an older plan file", async (input, exitCode) => {
    stack = await makeStack(dataStack(input));
    writeFileSync(join(stack.cwd, "plan"), "an older plan");
    const { code, err } = await anycastTerraform(stack, ["plan", "-out=plan"]);
    expect(code).toBe(exitCode);
    expect(err).toContain("The plan file was not written.");
    expect(existsSync(join(stack.cwd, "plan"))).toBe(false);
  });

  test.each(["plan -out=plan", "apply -auto-approve", "destroy"])(
    "%s of a stack with a cloud block ends with exit code 2 and names the page on policy sets",
    async (command) => {
      stack = await makeStack(dataStack("good"));
      stack.write(dataStack("good", { terraform: { cloud: { organization: "o", workspaces: { name: "w" } } } }));
      writeFileSync(join(stack.cwd, "plan"), "an older plan");
      const { code, err } = await anycastTerraform(stack, command.split(" "));
      expect(code).toBe(2);
      expect(err).toMatch(/\[PolicyRunsOnServer\]/);
      expect(err).toContain("docs/standalone.md");
      expect(existsSync(join(stack.cwd, "plan"))).toBe(!command.startsWith("plan"));
    },
  );

  test("without -out the plan is checked as well", async () => {
    stack = await makeStack(dataStack("forbidden"));
    expect((await anycastTerraform(stack, ["plan"])).code).toBe(1);
  });

  test.each([
    ["good", 2],
    ["forbidden", 1],
    ["uncheckable", 1],
  ])("with -detailed-exitcode a plan with %s ends with %i, and 2 only ever means changes", async (input, exitCode) => {
    stack = await makeStack(dataStack(input));
    expect((await anycastTerraform(stack, ["plan", "-detailed-exitcode"])).code).toBe(exitCode);
  });

  test("a plan that terraform cannot create passes terraform's message and exit code on", async () => {
    stack = await makeStack(dataStack("${nothing.here}"));
    const { code, err } = await anycastTerraform(stack, ["plan"]);
    expect(code).toBe(1);
    expect(err).toContain("undeclared resource");
  });
});
