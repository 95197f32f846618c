import { changingCommand } from "../../src/constructs/policies/cli-command";
import type { ReadProcess } from "../../src/constructs/policies/cli-command";
import { guardVerdict } from "../../src/constructs/policies/guard";

describe("The app's refusal to deploy without the gate", () => {
  it.each<[string, NodeJS.ProcessEnv, string | undefined, string]>([
    ["there is no sign of a gate, and cdktf deploys", {}, "deploy", "error"],
    ["there is no sign of a gate, and cdktf destroys", {}, "destroy", "error"],
    ["terraform itself is named", { TERRAFORM_BINARY_NAME: "/usr/bin/terraform" }, "deploy", "error"],
    [
      "a program with a name similar to the wrapper's is named",
      { TERRAFORM_BINARY_NAME: "not-anycast-terraform" },
      "deploy",
      "error",
    ],
    ["the gate's variable has the wrong value", { ANYCAST_GATE: "0" }, "deploy", "error"],
    ["the opt-out has the wrong value", { ANYCAST_UNGATED: "1" }, "deploy", "error"],
    ["nothing is deployed", {}, undefined, "warning"],
    ["the opt-out is given", { ANYCAST_UNGATED: "i-know" }, "deploy", "warning"],
    ["the wrapper is named", { TERRAFORM_BINARY_NAME: "anycast-terraform" }, "deploy", "nothing"],
    ["the wrapper is named by its path", { TERRAFORM_BINARY_NAME: "/p/.bin/anycast-terraform" }, "deploy", "nothing"],
    ["anycast deploy runs the app", { ANYCAST_GATE: "1" }, "deploy", "nothing"],
  ])("when %s", (_, env, changing, level) => {
    expect(guardVerdict({ env, changing })?.level ?? "nothing").toBe(level);
  });

  it("is replaced by a loud warning with the opt-out", () => {
    expect(guardVerdict({ env: { ANYCAST_UNGATED: "i-know" }, changing: "deploy" })?.message).toMatch(
      /^THE POLICY GATE IS OFF/,
    );
  });
});

describe("The command that started the app", () => {
  const tree =
    (...processes: readonly (readonly string[])[]): ReadProcess =>
    (pid) => {
      const args = processes[100 - pid];
      return args === undefined ? undefined : { parent: pid - 1, args };
    };

  it.each<[string, ReadProcess, string | undefined]>([
    [
      "cdktf deploy",
      tree(["sh", "-c", "x"], ["node", "/p/node_modules/.bin/cdktf", "deploy", "--auto-approve"]),
      "deploy",
    ],
    ["cdktf apply of a stack", tree(["sh"], ["node", "/p/cdktf", "apply", "quick-start"]), "apply"],
    ["cdktf destroy, options first", tree(["sh"], ["node", "cdktf.js", "--log-level=info", "destroy"]), "destroy"],
    ["cdktn deploy", tree(["sh"], ["node", "/p/bin/cdktn", "deploy"]), "deploy"],
    ["cdktf synth", tree(["sh"], ["node", "/p/cdktf", "synth"]), undefined],
    ["cdktf plan, with a stack called deploy-me", tree(["sh"], ["node", "/p/cdktf", "plan", "deploy-me"]), undefined],
    ["no cdktf", tree(["sh"], ["node", "main.js", "deploy"], ["bash"]), undefined],
    ["a process that cannot be read", () => undefined, undefined],
  ])("is found among the parent processes: %s", (_, read, verb) => {
    expect(changingCommand(read, 100)).toBe(verb);
  });

  it("is looked for in the real parent processes without an error", () => {
    expect(changingCommand()).toBeUndefined();
  });
});
