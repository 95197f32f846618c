import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../core/process-identity";
import { claimDirectory, GONE, removeDirectory } from "../core/whole-directory";
import { UNSAVED_STATE } from "./unsaved-state";

const PREFIX = "anycast-run-";
/** Names without a dot: a directory that is still being made has one. */
const WHOLE = /^anycast-run-[^.]+$/;
/** Lists the processes that use the directory, one pid per line. */
const USERS = "pids";
/** Lists records of applies whose output is in the directory, one path per line. */
export const RECORDS_NAME = "records";

/** A directory only we can read: plan files and terraform's output hold secrets. */
export interface PrivateDirectory {
  readonly path: string;
  /** Adds a process that uses the directory, which is then kept even if we are killed. */
  addUser(pid: number): void;
  remove(): void;
}

/**
 * Makes a directory with mode 0700 and removes those that killed runs left behind.
 * @param parent where to make it. @default the system's temporary directory
 */
export function makePrivateDirectory(parent: string = tmpdir()): PrivateDirectory {
  removeAbandoned(parent);
  const path = join(parent, `${PREFIX}${randomBytes(8).toString("hex")}`);
  // It appears with this process in its list: another run that cleans up never finds it without a user.
  claimDirectory(path, (partial) => writeFileSync(join(partial, USERS), `${process.pid}\n`, { mode: 0o600 }));
  const addUser = (pid: number): void => writeFileSync(join(path, USERS), `${pid}\n`, { flag: "a", mode: 0o600 });
  const remove = (): void => {
    if (!isOnRecord(path)) removeDirectory(path);
  };
  return { path, addUser, remove };
}

/**
 * Removes private directories whose every process is gone, but never the only copy of a state. Best effort: another
 * run may be doing the same.
 */
export function removeAbandoned(parent: string): void {
  let names: string[];
  try {
    names = readdirSync(parent).filter((name) => WHOLE.test(name.replace(GONE, "")));
  } catch {
    return;
  }
  for (const name of names) {
    const path = join(parent, name);
    try {
      // Windows has no such numbers; there the temporary directory is a user's own.
      if (process.getuid !== undefined && statSync(path).uid !== process.getuid()) continue;
      if (GONE.test(name)) {
        // Its removal was killed in the middle.
        rmSync(path, { recursive: true, force: true });
        continue;
      }
      const pids = readFileSync(join(path, USERS), "utf8").split("\n").filter(Boolean).map(Number);
      if (pids.some(isAlive) || holdsUnsavedState(path) || isOnRecord(path)) continue;
      removeDirectory(path);
    } catch {
      // Not ours to read, just being made, or already gone.
    }
  }
}

/** A terraform that continued after its run was killed, and could not reach the backend, leaves one. */
function holdsUnsavedState(path: string): boolean {
  return readdirSync(path).some((name) => existsSync(join(path, name, UNSAVED_STATE)));
}

/** What a killed apply has printed is needed until the outcome of that apply is known. */
function isOnRecord(path: string): boolean {
  const records = join(path, RECORDS_NAME);
  return existsSync(records) && readFileSync(records, "utf8").split("\n").filter(Boolean).some(existsSync);
}
