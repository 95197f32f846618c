import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { systemCodeOf } from "./errors";

/** What a rename onto a directory that holds something ends with. */
const TAKEN = ["EEXIST", "ENOTEMPTY", "EPERM"];

/**
 * Makes a directory that appears at once, with its content in it: it is filled under another name, then renamed. A
 * directory does not replace one that holds something, so of several processes one alone makes it. It is for its owner
 * only (mode 0700).
 * @param fill writes the content; at least one file
 * @returns whether it is ours; false when it was there
 * @throws what `fill` and the file system throw; nothing is left of it then
 */
export function claimDirectory(path: string, fill: (partial: string) => void): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const partial = mkdtempSync(`${path}.`);
  try {
    // mkdtemp gives 0700 minus the umask.
    chmodSync(partial, 0o700);
    fill(partial);
    return isRenamed(partial, path);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** What a directory is called while it is removed: its own name, and this. */
export const GONE = /\.[0-9a-f]{8}\.gone$/;

/**
 * Removes a directory so that it is gone at once: it gets another name first. Killed in the middle, it is there whole or not
 * at all; the rest is removed with the next one of the same name.
 */
export function removeDirectory(path: string): void {
  try {
    renameSync(path, `${path}.${randomBytes(4).toString("hex")}.gone`);
  } catch (thrown) {
    if (systemCodeOf(thrown) !== "ENOENT") throw thrown;
  }
  const [folder, name] = [dirname(path), basename(path)];
  if (!existsSync(folder)) return;
  for (const other of readdirSync(folder))
    if (GONE.test(other) && other.replace(GONE, "") === name)
      rmSync(join(folder, other), { recursive: true, force: true });
}

/**
 * Puts a directory in place of another, whole: it is filled next to it first. When that fails, the earlier one stays.
 * @param fill makes the directory that it is given the path of
 * @throws what `fill` and the file system throw
 */
export async function replaceDirectory(path: string, fill: (partial: string) => Promise<void>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const work = mkdtempSync(`${path}.`);
  const [made, earlier] = [join(work, "made"), join(work, "earlier")];
  try {
    await fill(made);
    const isThere = existsSync(path);
    if (isThere) renameSync(path, earlier);
    try {
      renameSync(made, path);
    } catch (thrown) {
      if (isThere) renameSync(earlier, path);
      throw thrown;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
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
