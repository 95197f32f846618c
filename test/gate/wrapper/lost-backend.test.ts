import type { HttpState } from "../../support/http-state";
import { startHttpState } from "../../support/http-state";
import type { StackOnDisk } from "../../support/project";
import { dataStack, makeStack, paste, anycastTerraform } from "../../support/project";

jest.setTimeout(60_000);

describe("the gate in terraform's place, over a state server", () => {
  let server: HttpState;
  let stack: StackOnDisk;
  beforeEach(async () => {
    server = await startHttpState();
    const { backend } = server;
    stack = await makeStack(dataStack("good"));
    stack.write(dataStack("good", { terraform: { backend } }));
    expect((await paste("terraform init -reconfigure -input=false", stack.cwd)).code).toBe(0);
  });
  afterEach(async () => {
    stack.remove();
    await server.stop();
  });

  test("explains a lock with its real owner, which terraform does not name, and how to release it", async () => {
    server.lockFor("ci@runner-7");
    const { code, err } = await anycastTerraform(stack, ["plan", "-input=false"]);
    expect(code).toBe(1);
    expect(err).toContain("locked by ci@runner-7 (OperationTypeApply, since 2026-01-01T00:00:00Z)");
    expect(err).toContain("terraform force-unlock 11111111-2222-3333-4444-555555555555");
  });

  test("reports a state that cannot be saved, with the fix, and plans and applies nothing until that is done", async () => {
    server.answerInstead("POST", { code: 500, body: "" });
    const lost = await anycastTerraform(stack, ["apply", "-auto-approve"]);
    expect(lost.code).toBe(1);
    expect(lost.err).toMatch(/This run could not save the state.*state push errored\.tfstate[\s\S]*\[StateNotSaved\]/);
    server.answerInstead("POST", undefined);
    for (const command of [["plan"], ["apply", "-auto-approve"], ["destroy", "-auto-approve"]]) {
      const { code, err } = await anycastTerraform(stack, command);
      expect([code, err]).toEqual([2, expect.stringContaining("[StateNotSaved]")]);
    }
    expect(server.state()).toBeUndefined();
  });
});
