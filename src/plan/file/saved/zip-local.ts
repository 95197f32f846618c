import { ArchiveError } from "./archive-error";

const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const DESCRIPTOR = 0x08074b50;
const DESCRIPTOR_LENGTH = 16;
const SIZES_FOLLOW = 0x0008;

/** The directory's entry of a file. */
export interface Header {
  readonly name: Buffer;
  readonly extra: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/**
 * Where a file's content begins, and what follows it. What stands in front of the content and behind it has to say the same
 * as the directory.
 * @param at where the file begins
 * @throws ArchiveError when they differ
 */
export function contentStart(
  bytes: Buffer,
  at: number,
  header: Header,
): { readonly start: number; readonly next: number } {
  if (at + LOCAL_LENGTH > bytes.length || bytes.readUInt32LE(at) !== LOCAL)
    throw new ArchiveError("a file in it is not where its directory says");
  const nameEnd = at + LOCAL_LENGTH + bytes.readUInt16LE(at + 26);
  const start = nameEnd + bytes.readUInt16LE(at + 28);
  const sizesFollow = (header.flags & SIZES_FOLLOW) !== 0;
  const end = start + header.packed;
  const next = end + (sizesFollow ? DESCRIPTOR_LENGTH : 0);
  if (next > bytes.length) throw new ArchiveError("it is cut off");
  const isSame =
    bytes.readUInt16LE(at + 6) === header.flags &&
    bytes.readUInt16LE(at + 8) === header.method &&
    bytes.subarray(at + LOCAL_LENGTH, nameEnd).equals(header.name) &&
    bytes.subarray(nameEnd, start).equals(header.extra) &&
    (sizesFollow
      ? hasSizes(bytes, at + 14, 0, 0, 0) &&
        bytes.readUInt32LE(end) === DESCRIPTOR &&
        hasSizes(bytes, end + 4, header.crc, header.packed, header.size)
      : hasSizes(bytes, at + 14, header.crc, header.packed, header.size));
  if (!isSame) throw new ArchiveError("a file in it says something else than its directory");
  return { start, next };
}

function hasSizes(bytes: Buffer, at: number, crc: number, packed: number, size: number): boolean {
  return bytes.readUInt32LE(at) === crc && bytes.readUInt32LE(at + 4) === packed && bytes.readUInt32LE(at + 8) === size;
}
