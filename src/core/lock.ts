import { renameSync, rmSync } from "node:fs";
import { claimFile } from "./atomic-file";
import { AnycastError, systemCodeOf } from "./errors";
import { readRegularText } from "./regular-file";

/** The result of an attempt to take a lock. */
export type LockAttempt =
  /** `replaced` is the content of the lock that an ended process left. */
  | { readonly isTaken: true; readonly replaced: string | undefined }
  /** `holder` is the lock's content; undefined where it cannot be read. */
  | { readonly isTaken: false; readonly holder: string | undefined };

/**
 * Takes a lock, a file that appears with its content in it. The holder removes it.
 * @param isHeld whether the process that a lock's content names is running; a lock that is not held is replaced
 * @throws AnycastError `NotARegularFile`; what the file system throws
 */
export function takeLock(path: string, content: string, isHeld: (content: string) => boolean): LockAttempt {
  let replaced: string | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    if (claimFile(path, content)) return { isTaken: true, replaced };
    let found: string;
    try {
      found = readRegularText(path);
    } catch (thrown) {
      if (systemCodeOf(thrown) === "ENOENT") continue;
      if (thrown instanceof AnycastError) throw thrown;
      // For example another user's: whether its process is running cannot be determined.
      return { isTaken: false, holder: undefined };
    }
    if (isHeld(found)) return { isTaken: false, holder: found };
    replaced = found;
    removeStale(path, found);
  }
  return { isTaken: false, holder: replaced };
}

/** Moves it away first: another process may have found it stale too, and have taken the lock in the meantime. */
function removeStale(path: string, content: string): void {
  const away = `${path}.${process.pid}`;
  try {
    renameSync(path, away);
  } catch (thrown) {
    if (systemCodeOf(thrown) === "ENOENT") return;
    throw thrown;
  }
  const moved = readRegularText(away);
  if (moved !== content) claimFile(path, moved);
  rmSync(away, { force: true });
}
