import { AnycastError, messageOf } from "../../core/errors";
import { isSeeded, refuseSeedElsewhere, refuseUnsafeState, repairInitialisation } from "../../terraform/state";
import { ENDING_MS, restoreState, unsettled } from "../recovery";
import type { StackRun } from "./stack-run";
import { notify } from "./stack-run";

/** Repairs a local state that a killed apply has cut off, and the file that a killed init has; and reports it. */
export async function restore(run: StackRun): Promise<void> {
  const repaired = repairInitialisation(run.directory, run.env);
  if (repaired !== undefined) notify(run, "warning", repaired);
  // A seeded sandbox works on a copy, and does not touch the stack's own state.
  if (isSeeded(run.env)) return;
  const restored = await restoreState(run.place);
  if (restored !== undefined) notify(run, "warning", restored);
}

/**
 * Makes all checks of the state that come before the stack is initialised.
 * @throws AnycastError what `refuseUnsafeState` throws, `SandboxSeedNotLocal`
 */
export async function refuseUnfitState({ directory, env }: StackRun): Promise<void> {
  await refuseUnsafeState(directory, env);
  refuseSeedElsewhere(directory, env);
}

/**
 * Refuses to continue from a state that lacks what a killed apply has made. The stack must be initialised.
 * @param hadLock we have held the state's lock since, so the run that had it is done: wait for its end. @default false
 * @throws AnycastError `StateIncomplete`, `TerraformFailed`
 */
export async function refuseUnsettled(run: StackRun, hadLock = false): Promise<void> {
  if (isSeeded(run.env)) return;
  await restore(run);
  const against = await unsettled(run.place, run.terraform, { hadLock, patience: hadLock ? ENDING_MS : 0 });
  if (against !== undefined) throw against;
}

/**
 * The same check after a failed apply. Where the state cannot be read now, the next run makes the check.
 * @returns whether the state is known to hold everything that was made, or the error that says what it lacks
 */
export async function settledAfter(run: StackRun): Promise<boolean | AnycastError> {
  try {
    await refuseUnsettled(run);
    return true;
  } catch (thrown) {
    if (thrown instanceof AnycastError && thrown.code === "StateIncomplete") return thrown;
    notify(
      run,
      "warning",
      `Whether the state of ${run.name} holds all that was made could not be looked at; the next run does it first. ${messageOf(thrown)}`,
    );
    return false;
  }
}
