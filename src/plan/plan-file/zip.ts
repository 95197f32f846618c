import { inflateRawSync } from "node:zlib";

/** Thrown when an archive is not as Go's writer makes it; never guessed at. */
export class ArchiveError extends Error {}

const END = 0x06054b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * The content of the one file with this name in a zip archive, found as Go finds it: by the directory at its end.
 * @throws ArchiveError when there is none, or more than one, or the archive cannot be read
 */
export function fileInZip(bytes: Buffer, name: string): Buffer {
  return orderly(() => {
    const entries = directoryOf(bytes).filter((entry) => entry.name === name);
    if (entries.length !== 1) throw new ArchiveError(`it holds ${entries.length} files named ${name}`);
    return contentOf(bytes, entries[0]!);
  });
}

/**
 * The names of the files in a zip archive whose name begins so, each with what unpacks it.
 * @throws ArchiveError when the archive cannot be read, or holds two files of one such name; what unpacks throws it too
 */
export function filesInZip(bytes: Buffer, prefix: string): Map<string, () => Buffer> {
  return orderly(() => {
    const files = new Map<string, () => Buffer>();
    for (const entry of directoryOf(bytes)) {
      if (!entry.name.startsWith(prefix)) continue;
      if (files.has(entry.name)) throw new ArchiveError(`it holds more than one file named ${entry.name}`);
      files.set(entry.name, () => orderly(() => contentOf(bytes, entry)));
    }
    return files;
  });
}

function orderly<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof ArchiveError) throw thrown;
    throw new ArchiveError("it is cut off or damaged", { cause: thrown });
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function directoryOf(bytes: Buffer): Entry[] {
  const end = endOf(bytes);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new ArchiveError("its directory is damaged");
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString("utf8", at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += ENTRY_LENGTH + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  // A directory that ends early would hide the files behind it.
  if (at !== end) throw new ArchiveError("its directory is damaged");
  return entries;
}

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - END_LENGTH; at >= Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT); at--) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  throw new ArchiveError("it has no directory");
}

function contentOf(bytes: Buffer, { method, packed, size, offset }: Entry): Buffer {
  if (bytes.readUInt32LE(offset) !== LOCAL) throw new ArchiveError("its directory is damaged");
  const start = offset + LOCAL_LENGTH + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw new ArchiveError("it is cut off");
  const content = bytes.subarray(start, start + packed);
  const plain = method === DEFLATED ? inflateRawSync(content, { maxOutputLength: Math.max(size, 1) }) : content;
  if ((method !== DEFLATED && method !== STORED) || plain.length !== size) throw new ArchiveError("it is damaged");
  return plain;
}
