import { resolve } from "node:path";
import { commandName } from "../../core/terraform-binary";
import { askLockOwner } from "../project";
import { keepUnsavedState, lockInfoIn, stateLocked, stateNotSaved, withoutColor } from "../terraform";
import type { GatedRun } from "./gate";

/**
 * Says what terraform's own words leave out: who really holds a lock, and how to go on when the state could not be
 * saved.
 * @param errors what terraform printed
 */
export async function explainFailure({ context, line, messages, terraform }: GatedRun, errors: string): Promise<void> {
  const cwd = resolve(context.cwd, line.chdir ?? ".");
  if (keepUnsavedState(cwd, undefined) !== undefined) messages.failed(stateNotSaved(cwd, "This run"), "");
  const lock = lockInfoIn(withoutColor(errors));
  if (lock === undefined) return;
  messages.failed(stateLocked(commandName(terraform.binary), cwd, (await askLockOwner(cwd, context.env)) ?? lock), "");
}
