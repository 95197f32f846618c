import { AnycastError, messageOf } from "../../core/errors";
import { isSeeded, refuseSeedElsewhere, refuseUnsafeState, repairInitialisation } from "../../terraform/state";
import { ENDING_MS, restoreState, unsettled } from "../recovery";
import type { StackRun } from "./stack-run";
import { tell } from "./stack-run";

/** Puts back a local state that a killed apply has cut off, and what a killed init has; and says so. */
export async function restore(run: StackRun): Promise<void> {
  const repaired = repairInitialisation(run.directory, run.env);
  if (repaired !== undefined) tell(run, "warning", repaired);
  // A seeded sandbox works on a copy, and leaves the stack's own state alone.
  if (isSeeded(run.env)) return;
  const restored = await restoreState(run.place);
  if (restored !== undefined) tell(run, "warning", restored);
}

/**
 * Everything that must be right about the state before the stack is even initialised.
 * @throws AnycastError what `refuseUnsafeState` throws, `SandboxSeedNotLocal`
 */
export async function refuseUnfitState({ directory, env }: StackRun): Promise<void> {
  await refuseUnsafeState(directory, env);
  refuseSeedElsewhere(directory, env);
}

/**
 * Refuses to go on from a state that lacks what a killed apply has made. The stack must be initialised.
 * @param hadLock the lock of the state was ours since, so the run that had it is done: wait for its end. @default false
 * @throws AnycastError `StateIncomplete`, `TerraformFailed`
 */
export async function refuseUnsettled(run: StackRun, hadLock = false): Promise<void> {
  if (isSeeded(run.env)) return;
  await restore(run);
  const against = await unsettled(run.place, run.terraform, { hadLock, patience: hadLock ? ENDING_MS : 0 });
  if (against !== undefined) throw against;
}

/**
 * The same right after an apply that failed. Where the state cannot be read now, the next run looks.
 * @returns whether the state is known to hold all that was made, or why it does not
 */
export async function settledAfter(run: StackRun): Promise<boolean | AnycastError> {
  try {
    await refuseUnsettled(run);
    return true;
  } catch (thrown) {
    if (thrown instanceof AnycastError && thrown.code === "StateIncomplete") return thrown;
    tell(
      run,
      "warning",
      `Whether the state of ${run.name} holds all that was made could not be looked at; the next run does it first. ${messageOf(thrown)}`,
    );
    return false;
  }
}
