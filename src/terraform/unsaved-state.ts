import { copyFileSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { readRegularText } from "../core/regular-file";
import { AnycastError } from "../core/errors";
import { shellWord } from "../core/shell-word";

/** What terraform writes into its directory when it cannot save the state where it belongs. */
export const UNSAVED_STATE = "errored.tfstate";

/**
 * Refuses to continue from a state that lacks what the last run did: everything it made would be made a second time.
 * @param localState path of the state, where it is kept in a file
 * @throws AnycastError `StateNotSaved`
 */
export function refuseUnsavedState(directory: string, localState?: string): void {
  if (existsSync(join(directory, UNSAVED_STATE))) throw stateNotSaved(directory, "An earlier run", { localState });
}

/** Whether a file holds a whole document; a run that was killed, or a full disk, leaves a part of one. */
export function isWholeJson(path: string): boolean {
  try {
    JSON.parse(readRegularText(path));
    return true;
  } catch {
    return false;
  }
}

/**
 * Moves the unsaved state out of a private copy of the configuration, which is about to be removed.
 * @param origin directory that the copy was made from; undefined when the directory is no copy
 * @returns the directory the unsaved state is in, undefined when the state was saved
 */
export function keepUnsavedState(directory: string, origin: string | undefined): string | undefined {
  const file = join(directory, UNSAVED_STATE);
  if (!existsSync(file)) return undefined;
  if (origin === undefined) return directory;
  copyFileSync(file, join(origin, UNSAVED_STATE), constants.COPYFILE_EXCL);
  return origin;
}

export interface NotSaved {
  /** Path of the state, where it is kept in a file. @default it is kept elsewhere */
  readonly localState?: string | undefined;
  readonly cause?: unknown;
}

/** @param who did it, e.g. "This run" */
export function stateNotSaved(directory: string, who: string, { localState, cause }: NotSaved = {}): AnycastError {
  const file = join(directory, UNSAVED_STATE);
  // Terraform does nothing at all while the state is cut off where it belongs.
  const isCutOff = localState !== undefined && existsSync(localState) && !isWholeJson(localState);
  const away = isCutOff ? `mv ${shellWord(localState)} ${shellWord(`${localState}.broken`)} && ` : "";
  const push = `${away}cd ${shellWord(directory)} && terraform init -input=false && terraform state push ${UNSAVED_STATE} && rm ${UNSAVED_STATE}`;
  if (existsSync(file) && !isWholeJson(file)) {
    return new AnycastError(
      "StateNotSaved",
      `${who} could save the state neither where it belongs nor in ${file}; was the disk full? Terraform printed it at the end of its output; without it everything would be made a second time. ` +
        `Fix: free some disk space, copy that output from its first { to its last } into the file, run \`${push}\`, then the same command again.`,
      { cause },
    );
  }
  return new AnycastError(
    "StateNotSaved",
    `${who} could not save the state; what it did is only in ${file}. Keep that file: without it everything would be made a second time. ` +
      `Fix: once the backend answers, run \`${push}\`, then the same command again. ` +
      "Should it say that the state is already locked, run `terraform force-unlock ID` there first, with the ID that it calls already locked.",
    { cause },
  );
}
