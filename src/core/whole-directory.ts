import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { systemCodeOf } from "./errors";

/** Error codes of a rename onto a directory that is not empty. */
const TAKEN = ["EEXIST", "ENOTEMPTY", "EPERM"];

/**
 * Makes a directory that appears at once, with its content in it: it is filled under another name, then renamed. A
 * rename does not replace a directory that is not empty, so of several processes only one makes it. Only its owner may
 * read it (mode 0700).
 * @param fill writes the content; at least one file
 * @returns true when this call made it; false when it was there before
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

/** What the name of a directory ends with while it is being removed. */
export const GONE = /\.[0-9a-f]{8}\.gone$/;

/**
 * Removes a directory in one step: it is renamed first, so that a kill leaves it either whole or gone. What a kill leaves
 * of the renamed one is removed with the next directory of the same name.
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
 * Replaces a directory as a whole: the new one is filled next to it first. When that fails, the earlier one stays.
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
