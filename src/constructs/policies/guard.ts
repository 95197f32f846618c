import { basename } from "node:path";
import { Annotations, TerraformVariable } from "cdktf";
import type { TerraformStack } from "cdktf";

const HOW =
  "Run `anycast deploy`, or set TERRAFORM_BINARY_NAME to `anycast-terraform` (node_modules/.bin) for the cdktf command.";

export interface GuardInput {
  readonly env: NodeJS.ProcessEnv;
  /** Verb of the cdktf command that changes the cloud, if this app was started by one. */
  readonly changing: string | undefined;
}

/** The guard's warning, or its error, which stops the command. */
export interface GuardVerdict {
  readonly level: "error" | "warning";
  readonly message: string;
}

/**
 * Refuses to deploy from this app unless the policy gate runs between cdktf and terraform: `anycast deploy` sets
 * ANYCAST_GATE=1, and the wrapper is named in TERRAFORM_BINARY_NAME. `cdktf synth` and the like only get a warning.
 * ANYCAST_UNGATED=i-know turns that off, with a warning.
 */
export function guardVerdict({ env, changing }: GuardInput): GuardVerdict | undefined {
  const wrapper = basename(env.TERRAFORM_BINARY_NAME ?? "").replace(/\.cmd$/, "") === "anycast-terraform";
  if (wrapper || env.ANYCAST_GATE === "1") return undefined;
  if (env.ANYCAST_UNGATED === "i-know") {
    return {
      level: "warning",
      message: "THE POLICY GATE IS OFF (ANYCAST_UNGATED=i-know): nobody proves what this deployment binds.",
    };
  }
  if (changing === undefined) {
    return {
      level: "warning",
      message: `The policy gate is not wired, so this app will refuse \`cdktf deploy\`. ${HOW}`,
    };
  }
  return {
    level: "error",
    message: `\`cdktf ${changing}\` was started without the policy gate. Fix: ${HOW} To do without it: ANYCAST_UNGATED=i-know.`,
  };
}

/** Name of the variable that a guarded stack has and only the gate sets (src/terraform/gate-variable.ts). */
export const GATE_VARIABLE = "anycast_gate";

/**
 * Gives a stack an input variable that only the gate sets: a terraform that is started without the gate stops with a message.
 * A command line may ignore TERRAFORM_BINARY_NAME, so the guard is in what is synthesised. Not in the sandbox, where
 * nothing is real.
 */
export function addGateVariable(stack: TerraformStack, env: NodeJS.ProcessEnv): void {
  if (env.ANYCAST_SANDBOX || env.ANYCAST_UNGATED === "i-know" || stack.node.tryFindChild(GATE_VARIABLE)) return;
  new TerraformVariable(stack, GATE_VARIABLE, {
    type: "string",
    default: "",
    description: "Set by the policy gate, never by hand.",
    validation: [
      {
        condition: `\${var.${GATE_VARIABLE} == "checked"}`,
        errorMessage: `This stack is deployed through anycast: terraform was started around the policy gate. Fix: ${HOW} To do without it: ANYCAST_UNGATED=i-know.`,
      },
    ],
  }).overrideLogicalId(GATE_VARIABLE);
}

/** Puts the verdict on a stack. */
export function guardStack(stack: TerraformStack, input: GuardInput): void {
  addGateVariable(stack, input.env);
  const verdict = guardVerdict(input);
  if (verdict === undefined) return;
  if (verdict.level === "error") Annotations.of(stack).addError(verdict.message);
  else Annotations.of(stack).addWarning(verdict.message);
}
