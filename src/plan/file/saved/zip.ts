import { inflateRawSync } from "node:zlib";
import { ArchiveError } from "./archive-error";
import { crc32 } from "./crc32";
import type { Entry } from "./zip-directory";
import { DEFLATED, directoryOf } from "./zip-directory";

/**
 * The content of the one file with this name in a zip archive.
 * @throws ArchiveError when there is none, or the archive cannot be read in one way only
 */
export function fileInZip(bytes: Buffer, name: string): Buffer {
  return orderly(() => {
    const entry = directoryOf(bytes).find((one) => one.name === name);
    if (entry === undefined) throw new ArchiveError(`it holds no file named ${name}`);
    return contentOf(bytes, entry);
  });
}

/**
 * The names of the files in a zip archive whose name begins so, each with what unpacks it.
 * @throws ArchiveError when the archive cannot be read in one way only; what unpacks throws it too
 */
export function filesInZip(bytes: Buffer, prefix: string): Map<string, () => Buffer> {
  return orderly(() => {
    const entries = directoryOf(bytes).filter(({ name }) => name.startsWith(prefix));
    return new Map(entries.map((entry) => [entry.name, () => orderly(() => contentOf(bytes, entry))]));
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

function contentOf(bytes: Buffer, { method, packed, size, crc, start }: Entry): Buffer {
  const content = bytes.subarray(start, start + packed);
  const plain = method === DEFLATED ? unpacked(content, size) : content;
  if (plain.length !== size || crc32(plain) !== crc) throw new ArchiveError("it is damaged");
  return plain;
}

/** Unpacks all packed bytes, and refuses more unpacked ones than the directory declares. */
function unpacked(content: Buffer, size: number): Buffer {
  const { buffer, engine } = inflateRawSync(content, { maxOutputLength: Math.max(size, 1), info: true }) as unknown as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  if (engine.bytesWritten !== content.length) throw new ArchiveError("it is damaged");
  return buffer;
}
