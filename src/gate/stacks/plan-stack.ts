import { join } from "node:path";
import type { OrderedStack } from "../../terraform/project";
import { ask } from "../../terraform";
import { planAndCheck, settle } from "../steps";
import { terraformSaid } from "../steps/explain";
import { throwIfStopped } from "../steps/stack-run";
import { initStep } from "../steps/init";
import type { Session } from "./session";
import { destroys, terraformFor } from "./session";
import { stackRun } from "./stack-run";
import type { PlannedStack } from "./types";
import { approvalWarnings } from "./warnings";

let plans = 0;

/**
 * init, plan and check of one stack.
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `StateEmptied`, `StateNotSaved`, `StateIncomplete`, `Interrupted`
 */
export async function planStack(session: Session, stack: OrderedStack, isFinal: boolean): Promise<PlannedStack> {
  const run = stackRun(session, stack);
  await settle(run, () => initStep(run, session.initTurn));
  const planFile = join(session.directory.path, `${++plans}.tfplan`);
  const { json, changes, planned, report: checked, receipt } = await planAndCheck(run, planFile);
  const { counts, hasChanges, outputsChange } = changes;
  // A plan without changes needs no approval.
  const report = hasChanges ? (session.options.receipts?.compare(checked, receipt) ?? checked) : checked;
  return {
    stack,
    planFile,
    changes: counts,
    planned,
    hasChanges,
    // The destruction of a stack does not read the outputs of others.
    outputsChange: destroys(session.options) ? false : outputsChange,
    isFinal,
    report,
    warnings: approvalWarnings(report, json),
    receipt,
  };
}

/** Terraform's own text of a plan, with secrets masked. */
export async function planText(session: Session, { stack, planFile }: PlannedStack): Promise<string> {
  const shown = await ask(terraformFor(session, stack), ["show", "-no-color", planFile]);
  const text = shown.stdout.toString("utf8").trim();
  if (shown.exitCode === 0 && text !== "") return text;
  const run = stackRun(session, stack);
  throwIfStopped(run, `while the plan of ${stack.name} was shown`);
  throw terraformSaid(run, "show", shown.stderr.toString("utf8"));
}
