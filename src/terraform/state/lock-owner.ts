import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isRecord } from "../../core/is-record";
import { readRegularText } from "../../core/regular-file";
import type { LockInfo } from "../failures";
import { askLockOwner } from "./http-state";
import { localStatePath } from "./state-file";

/**
 * Who holds the lock of a stack's state, where that can be read: a local state has a lock file next to it, and an `http`
 * backend names the holder in its answer.
 * @returns `"free"` when it is no longer held; undefined when the backend does not name the holder
 */
export async function lockOwner(
  stackDirectory: string,
  env: NodeJS.ProcessEnv,
): Promise<LockInfo | "free" | undefined> {
  const state = localStatePath(stackDirectory, env);
  if (state === undefined) return askLockOwner(stackDirectory, env);
  const path = join(dirname(state), `.${basename(state)}.lock.info`);
  if (!existsSync(path)) return "free";
  try {
    const lock: unknown = JSON.parse(readRegularText(path));
    if (!isRecord(lock)) return undefined;
    const field = (name: string): string => (typeof lock[name] === "string" ? lock[name] : "");
    return { id: field("ID"), who: field("Who"), operation: field("Operation"), created: field("Created") };
  } catch {
    // It is being written, or was removed since.
    return undefined;
  }
}
