import { copyFileSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "../../core/errors";
import { shellWord } from "../../core/shell-word";

/** What terraform writes into its directory when it cannot save the state where it belongs. */
export const UNSAVED_STATE = "errored.tfstate";

/**
 * Refuses to go on from a state that lacks what the last run did: everything it made would be made a second time.
 * @throws AnycastError `StateNotSaved`
 */
export function refuseUnsavedState(directory: string): void {
  if (existsSync(join(directory, UNSAVED_STATE))) throw stateNotSaved(directory, "An earlier run");
}

/**
 * Brings the unsaved state out of a private copy of the configuration, which is about to be removed.
 * @param origin where the copy was made from; undefined when the directory itself stays
 * @returns the directory the unsaved state is in, undefined when the state was saved
 */
export function keepUnsavedState(directory: string, origin: string | undefined): string | undefined {
  const file = join(directory, UNSAVED_STATE);
  if (!existsSync(file)) return undefined;
  if (origin === undefined) return directory;
  copyFileSync(file, join(origin, UNSAVED_STATE), constants.COPYFILE_EXCL);
  return origin;
}

/** @param who did it, e.g. "This run" */
export function stateNotSaved(directory: string, who: string, cause?: unknown): AnycastError {
  const push = `cd ${shellWord(directory)} && terraform init -input=false && terraform state push ${UNSAVED_STATE} && rm ${UNSAVED_STATE}`;
  return new AnycastError(
    "StateNotSaved",
    `${who} could not save the state; what it did is only in ${join(directory, UNSAVED_STATE)}. Keep that file: without it everything would be made a second time. ` +
      `Fix: once the backend answers, run \`${push}\`, then the same command again. ` +
      "Should it say that the state is already locked, run `terraform force-unlock ID` there first, with the ID that it calls already locked.",
    { cause },
  );
}
