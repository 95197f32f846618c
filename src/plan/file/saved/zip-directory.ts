import { isUtf8 } from "node:buffer";
import { ArchiveError } from "./archive-error";
import { contentStart } from "./zip-local";
import { proveSizes } from "./zip-limits";

const END = 0x06054b50;
const END_LENGTH = 22;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_LENGTH = 20;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
/** Sizes follow the content; the name is UTF-8. */
const FLAGS = 0x0008 | 0x0800;
export const STORED = 0;
export const DEFLATED = 8;
/** The time of the last change, which Go's writer adds; another reader could take any other addition for another name or size. */
const EXTENDED_TIME = 0x5455;

/** A file in an archive, as its directory has it. */
export interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its content begins; `packed` bytes of it. */
  readonly start: number;
}

/**
 * The files of an archive that can be read in one way only: its files, its directory and its end follow each other without
 * a gap from the first byte to the last, and say the same. A reader that looks for the directory from the end, from the
 * front or by the files themselves finds the same files.
 * @throws ArchiveError
 */
export function directoryOf(bytes: Buffer): readonly Entry[] {
  const end = bytes.length - END_LENGTH;
  if (end < 0 || bytes.readUInt32LE(end) !== END)
    throw new ArchiveError("it does not end with the end of its directory");
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (bytes.readUInt16LE(end + 20) !== 0) throw new ArchiveError("it has a comment");
  if (bytes.readUInt32LE(end + 4) !== 0 || bytes.readUInt16LE(end + 8) !== count)
    throw new ArchiveError("it is a part of several");
  if (
    count === 0xffff ||
    (end >= ZIP64_LOCATOR_LENGTH && bytes.readUInt32LE(end - ZIP64_LOCATOR_LENGTH) === ZIP64_LOCATOR)
  ) {
    throw new ArchiveError("it has the form of archives over 4 GB");
  }
  if (start + bytes.readUInt32LE(end + 12) !== end) throw new ArchiveError("its directory is not where its end says");
  const entries = entriesBetween(bytes.subarray(0, end), start, count);
  proveNames(entries);
  proveSizes(entries);
  return entries;
}

function entriesBetween(bytes: Buffer, start: number, count: number): Entry[] {
  const entries: Entry[] = [];
  let at = start;
  // Where the next file has to begin.
  let next = 0;
  for (let left = count; left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new ArchiveError("its directory is damaged");
    const nameEnd = at + ENTRY_LENGTH + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    if (extraEnd > bytes.length) throw new ArchiveError("its directory is damaged");
    if (bytes.readUInt32LE(at + 42) !== next)
      throw new ArchiveError("its files do not follow each other as its directory says");
    const header = {
      ...headerOf(bytes, at),
      name: bytes.subarray(at + ENTRY_LENGTH, nameEnd),
      extra: bytes.subarray(nameEnd, extraEnd),
    };
    proveExtra(header.extra);
    if (!isUtf8(header.name)) throw new ArchiveError("a name in it is not UTF-8");
    const content = contentStart(bytes, next, header);
    entries.push({ ...header, name: header.name.toString("utf8"), start: content.start });
    next = content.next;
    at = extraEnd;
  }
  if (next !== start) throw new ArchiveError("something stands between its files and its directory");
  if (at !== bytes.length) throw new ArchiveError("something stands between its directory and its end");
  return entries;
}

function headerOf(bytes: Buffer, at: number): Omit<Entry, "name" | "start"> {
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  if ((flags & ~FLAGS) !== 0) throw new ArchiveError("a file in it is encrypted or packed in an unknown way");
  if (method !== STORED && method !== DEFLATED) throw new ArchiveError("a file in it is packed in an unknown way");
  if (bytes.readUInt16LE(at + 32) !== 0) throw new ArchiveError("a file in it has a comment");
  if (bytes.readUInt16LE(at + 34) !== 0) throw new ArchiveError("it is a part of several");
  return {
    flags,
    method,
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
  };
}

function proveExtra(extra: Buffer): void {
  for (let at = 0; at < extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (at + 4 > extra.length || at + 4 + extra.readUInt16LE(at + 2) > extra.length)
      throw new ArchiveError("its directory is damaged");
    if (extra.readUInt16LE(at) !== EXTENDED_TIME)
      throw new ArchiveError("a file in it has an addition that is not known");
  }
}

function proveNames(entries: readonly Entry[]): void {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) throw new ArchiveError(`it holds more than one file named ${name}`);
    if (
      /[\\\u0000-\u001f]/.test(name) ||
      name.split("/").some((part) => part === "" || part === "." || part === "..")
    ) {
      throw new ArchiveError("a name in it is not that of a file");
    }
    names.add(name);
  }
}
