import { resolve } from "node:path";
import { commandName } from "../../core/terraform-binary";
import { askLockOwner } from "../../terraform/state";
import type { FollowResult } from "../../terraform";
import {
  keepUnsavedState,
  lockInfoIn,
  stateLocked,
  stateNotSaved,
  terraformFailure,
  terraformKilled,
  withoutColor,
} from "../../terraform";
import type { GatedRun } from "./gated-run";

export interface Failure extends FollowResult {
  readonly step: "plan" | "apply";
  /** What terraform printed. */
  readonly errors: string;
  /** The state is known to hold all that was made. @default true */
  readonly isSettled?: boolean;
}

/**
 * Says what terraform's own words leave out: who really holds a lock, how to go on when the state could not be saved,
 * and that it was killed, of which it can say nothing.
 */
export async function explainFailure(
  { context, line, messages, terraform }: GatedRun,
  { step, errors, signal, isSettled = true }: Failure,
): Promise<void> {
  const cwd = resolve(context.cwd, line.chdir ?? ".");
  if (keepUnsavedState(cwd, undefined) !== undefined) messages.failed(stateNotSaved(cwd, "This run"), "");
  if (signal !== null) {
    const left =
      step === "plan"
        ? "Nothing was changed."
        : isSettled
          ? "The state holds what was done until then; the new plan shows what is left."
          : "What the state lacks is told below.";
    messages.failed(terraformKilled(terraform.binary, step, signal, cwd, left), "");
  }
  if (/Saved plan is stale/i.test(errors)) {
    messages.failed(terraformFailure(step, cwd, withoutColor(errors), terraform.binary), "");
  }
  const lock = lockInfoIn(withoutColor(errors));
  if (lock === undefined) return;
  messages.failed(stateLocked(commandName(terraform.binary), cwd, (await askLockOwner(cwd, context.env)) ?? lock), "");
}
