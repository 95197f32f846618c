import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { systemCodeOf } from "./errors";

/**
 * Writes a file so that a reader, or a run after a crash, sees the old content or the new one, never a part:
 * temporary file in the same directory, fsync, rename, fsync of the directory.
 * @param mode permission bits of a new file. @default 0o600
 */
export function writeFileAtomic(path: string, data: string | Uint8Array, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
  try {
    const file = openSync(temporary, "wx", mode);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
  syncDirectory(dirname(path));
}

/**
 * Makes a file that appears with its content in it, readable by this user only. Of several processes only one makes it.
 * @returns true when this call made it; false when it was there before
 */
export function claimFile(path: string, data: string): boolean {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  writeFileSync(temporary, data, { mode: 0o600, flag: "wx" });
  try {
    linkSync(temporary, path);
    return true;
  } catch (thrown) {
    if (systemCodeOf(thrown) === "EEXIST") return false;
    return claimWithoutLink(path, data);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Some file systems have no hard links: there the file is empty for a moment. */
function claimWithoutLink(path: string, data: string): boolean {
  try {
    writeFileSync(path, data, { mode: 0o600, flag: "wx" });
    return true;
  } catch (thrown) {
    if (systemCodeOf(thrown) === "EEXIST") return false;
    throw thrown;
  }
}

function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {
    // Not every file system can sync a directory; the rename itself is done.
  }
}
