import { basename, dirname, resolve } from "node:path";
import { isSeeded, projectRootOf, refuseUnsafeState } from "../project";
import type { RecordPlace } from "../recovery";
import { recordPlace, restoreState, unsettled } from "../recovery";
import type { GatedRun } from "./gate";

/** Where the record of this stack's apply is kept: for `cdktf.out/stacks/NAME` where `anycast deploy` looks for it too. */
export function placeOf({ context, line }: GatedRun): RecordPlace {
  const directory = resolve(context.cwd, line.chdir ?? ".");
  const project = basename(dirname(directory)) === "stacks" ? projectRootOf(directory) : undefined;
  return recordPlace({ name: basename(directory), directory }, context.env, project);
}

/**
 * Everything that must be right about the state before it is planned or applied. A local one that a killed apply has cut
 * off is put back.
 * @throws AnycastError `StateIncomplete`, and what `refuseUnsafeState` throws
 */
export async function refuseUnfitState(run: GatedRun): Promise<void> {
  const { env } = run.context;
  const place = placeOf(run);
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
  const against = await unsettled(placeOf(run), run.terraform, patience);
  if (against !== undefined) throw against;
}

/** After an apply that failed: says what the state lacks, if terraform did not get to write it down. */
export async function tellUnsettled(run: GatedRun): Promise<void> {
  const place = placeOf(run);
  try {
    await restoreCutOff(run, place);
    const against = await unsettled(place, run.terraform);
    if (against !== undefined) run.messages.failed(against, "");
  } catch (thrown) {
    // The state cannot be read now. The next run looks again, before it does anything.
    run.messages.failed(thrown, "");
  }
}

async function restoreCutOff({ messages }: GatedRun, place: RecordPlace): Promise<void> {
  const message = await restoreState(place);
  if (message !== undefined) messages.notice(message);
}
