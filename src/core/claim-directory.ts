import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { systemCodeOf } from "./errors";

/** What a rename onto a directory that holds something ends with. */
const TAKEN = ["EEXIST", "ENOTEMPTY", "EPERM"];

/**
 * Makes a directory that appears at once, with its content in it: it is filled under another name, then renamed. A
 * directory does not replace one that holds something, so of several processes one alone makes it.
 * @param fill writes the content; at least one file
 * @returns whether it is ours; false when it was there
 * @throws what `fill` and the file system throw; nothing is left of it then
 */
export function claimDirectory(path: string, fill: (partial: string) => void): boolean {
  const partial = `${path}.${process.pid}`;
  try {
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    fill(partial);
    return isRenamed(partial, path);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function isRenamed(partial: string, path: string): boolean {
  try {
    renameSync(partial, path);
    return true;
  } catch (thrown) {
    if (TAKEN.includes(systemCodeOf(thrown) ?? "") && existsSync(path)) return false;
    throw thrown;
  }
}
