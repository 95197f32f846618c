import type { Stats } from "node:fs";
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { AnycastError, expectationError } from "./errors";
import { bytesAsText, MOST_TEXT } from "./limits";

/**
 * Opens a regular file to read from. A named pipe would wait for a writer, and a device may never end; both in a call
 * that no signal interrupts. So they are refused, wherever a file is named.
 * @returns the file's descriptor
 * @throws AnycastError `NotARegularFile`; Node's own errors (`ENOENT`, `EACCES`, …)
 */
export function openRegularFile(path: string): number {
  refuseSpecialFile(path);
  // It may have been replaced since: opened so that it cannot wait, and checked again.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    refuse(path, fstatSync(file));
    return file;
  } catch (thrown) {
    closeSync(file);
    throw thrown;
  }
}

/**
 * The content of a regular file.
 * @param most bytes that it may have. @default what fits into one string, 500 MiB
 * @throws AnycastError `FileTooLarge`; as `openRegularFile`
 */
export function readRegularFile(path: string, most = MOST_TEXT): Buffer {
  const file = openRegularFile(path);
  try {
    const { size } = fstatSync(file);
    if (size > most) {
      throw expectationError("FileTooLarge", {
        what: "the file",
        rule: `at most ${bytesAsText(most)}`,
        got: `${String(size)} bytes`,
        at: path,
        fix: "check that it is the file that is meant.",
      });
    }
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** The content of a regular file as UTF-8. @throws as `readRegularFile` */
export function readRegularText(path: string, most = MOST_TEXT): string {
  return readRegularFile(path, most).toString("utf8");
}

/**
 * The same, with the caller's own error where Node cannot read it.
 * @param failed makes the error from Node's
 * @throws AnycastError `NotARegularFile`, `FileTooLarge`, or the error that `failed` returns
 */
export function readRegularTextOr(path: string, failed: (cause: unknown) => AnycastError, most = MOST_TEXT): string {
  try {
    return readRegularText(path, most);
  } catch (cause) {
    throw cause instanceof AnycastError ? cause : failed(cause);
  }
}

/** Copies the content of a regular file into a new one for this user alone. @throws as `openRegularFile` */
export function copyRegularFile(from: string, to: string): void {
  writeFileSync(to, readRegularFile(from), { mode: 0o600 });
}

/**
 * Refuses the path of a pipe, a device or a socket; for files that another program is going to read.
 * A missing file, a directory and what cannot be opened are refused by the caller.
 * @throws AnycastError `NotARegularFile`
 */
export function refuseSpecialFile(path: string): void {
  const found = statsOf(path);
  if (found !== undefined) refuse(path, found);
}

/** True for a directory, also one behind a link; false for what cannot be looked at, which reading it reports. */
export function isDirectory(path: string): boolean {
  return statsOf(path)?.isDirectory() === true;
}

/** Undefined for what is not there, or behind links that lead nowhere. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function refuse(path: string, stats: Stats): void {
  const kind = kindOf(stats);
  if (kind === undefined) return;
  throw new AnycastError(
    "NotARegularFile",
    `${path} is ${kind}, and only regular files are read. Fix: write its content into a file and name that; a plan can also be piped into \`anycast check -\`.`,
  );
}

function kindOf(stats: Stats): string | undefined {
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isCharacterDevice() || stats.isBlockDevice() ? "a device" : undefined;
}
