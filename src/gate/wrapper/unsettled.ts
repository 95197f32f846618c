import { resolve } from "node:path";
import { isSeeded, refuseUnsafeState, repairInitialisation } from "../../terraform/state";
import type { RecordPlace } from "../recovery";
import { placeIn, restoreState, unsettled } from "../recovery";
import type { GatedRun } from "./gated-run";

/** Where the record of this stack's apply is kept: for `cdktf.out/stacks/NAME` where `anycast deploy` looks for it too. */
export function placeOf({ context, line }: GatedRun): RecordPlace {
  return placeIn(resolve(context.cwd, line.chdir ?? "."), context.env);
}

/**
 * Everything that must be right about the state before it is planned or applied. A local one that a killed apply has cut
 * off is put back.
 * @throws AnycastError `StateIncomplete`, and what `refuseUnsafeState` throws
 */
export async function refuseUnfitState(run: GatedRun): Promise<void> {
  const { env } = run.context;
  const place = placeOf(run);
  const repaired = repairInitialisation(place.directory, env);
  if (repaired !== undefined) run.messages.notice(repaired);
  if (!isSeeded(env)) await restoreCutOff(run, place);
  await refuseUnsafeState(place.directory, env);
  await refuseUnsettled(run);
}

/**
 * Refuses to go on from a state that lacks what a killed apply has made.
 * @param patience how long to wait for a terraform that is at work to end, in milliseconds. @default not at all
 * @throws AnycastError `StateIncomplete`, `TerraformFailed`
 */
export async function refuseUnsettled(run: GatedRun, patience = 0): Promise<void> {
  if (isSeeded(run.context.env)) return;
  const against = await unsettled(placeOf(run), run.terraform, { patience, hadLock: patience > 0 });
  if (against !== undefined) throw against;
}

/**
 * After an apply that failed: what speaks against the state, if terraform did not get to write everything down, or if
 * the state cannot be read now. The next run looks again, before it does anything.
 */
export async function unsettledAfter(run: GatedRun): Promise<unknown> {
  const place = placeOf(run);
  try {
    await restoreCutOff(run, place);
    return await unsettled(place, run.terraform);
  } catch (thrown) {
    return thrown;
  }
}

async function restoreCutOff({ messages }: GatedRun, place: RecordPlace): Promise<void> {
  const message = await restoreState(place);
  if (message !== undefined) messages.notice(message);
}
