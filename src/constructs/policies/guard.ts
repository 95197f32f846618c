import { basename } from "node:path";
import { Annotations, TerraformStack } from "cdktf";
import type { App } from "cdktf";
import { changingCommand } from "./cli-command";

const HOW =
  "Run `anycast deploy`, or set TERRAFORM_BINARY_NAME to `anycast-terraform` (node_modules/.bin) for the cdktf command.";

export interface GuardInput {
  readonly env: NodeJS.ProcessEnv;
  /** Verb of the cdktf command that changes the cloud, if this app was started by one. */
  readonly changing: string | undefined;
}

/** What the guard has to say: nothing, a warning, or an error that stops the command. */
export interface GuardVerdict {
  readonly level: "error" | "warning";
  readonly message: string;
}

/**
 * Nothing is deployed from this app unless the policy gate stands between cdktf and terraform: `anycast deploy` says
 * so with ANYCAST_GATE=1, the stand-in by its name in TERRAFORM_BINARY_NAME. `cdktf synth` and the like go on, warned.
 * ANYCAST_UNGATED=i-know goes past, loudly.
 */
export function judgeGate({ env, changing }: GuardInput): GuardVerdict | undefined {
  const standIn = basename(env.TERRAFORM_BINARY_NAME ?? "").replace(/\.cmd$/, "") === "anycast-terraform";
  if (standIn || env.ANYCAST_GATE === "1") return undefined;
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
    message: `Expected the policy gate to stand between cdktf and terraform, got \`cdktf ${changing}\` without it. Fix: ${HOW} To go past it: ANYCAST_UNGATED=i-know.`,
  };
}

/** Puts the verdict on every stack of the app. Call it after the last stack was added. */
export function guardDeployment(app: App, input: GuardInput = { env: process.env, changing: changingCommand() }): void {
  const verdict = judgeGate(input);
  if (verdict === undefined) return;
  for (const stack of app.node.findAll().filter((node) => TerraformStack.isStack(node))) {
    if (verdict.level === "error") Annotations.of(stack).addError(verdict.message);
    else Annotations.of(stack).addWarning(verdict.message);
  }
}
