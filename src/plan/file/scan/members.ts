import { hashBytes } from "./key-registry";
import type { JsonScanner } from "./json-scanner";
import { proveFits } from "./scan-error";

/** Slots of the table that names are found in; a power of two, many times the number of names. */
const SLOTS = 256;
const EMPTY = -1;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Names that are looked for among the members of objects, found by the hash that the scanner has worked out anyway. */
export class Members {
  private readonly table = new Int32Array(SLOTS).fill(EMPTY);
  private readonly hashes: readonly number[];
  private readonly bytes: readonly Buffer[];

  public constructor(public readonly names: readonly string[]) {
    this.bytes = names.map((name) => Buffer.from(name));
    this.hashes = this.bytes.map(hashBytes);
    if (new Set(this.hashes).size < names.length || names.length * 2 > SLOTS)
      throw new Error(`Expected few names, no two of one hash, got ${names.join(", ")}.`);
    this.hashes.forEach((hash, i) => {
      let slot = hash & (SLOTS - 1);
      while (this.table[slot] !== EMPTY) slot = (slot + 1) & (SLOTS - 1);
      this.table[slot] = i;
    });
  }

  /** Which of the names the scanner has just read as a key; -1 for none. */
  public read(scanner: JsonScanner): number {
    const { keyHash } = scanner;
    for (let slot = keyHash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const i = this.table[slot]!;
      if (i === EMPTY) return -1;
      if (this.hashes[i] === keyHash) return this.isName(scanner, i) ? i : -1;
    }
  }

  private isName(scanner: JsonScanner, i: number): boolean {
    const { bytes, keyStart, keyEnd } = scanner;
    const name = this.bytes[i]!;
    if (keyEnd - keyStart !== name.length) return scanner.keyText() === this.names[i];
    for (let k = 0; k < name.length; k++) if (bytes[keyStart + k] !== name[k]) return false;
    return true;
  }
}

/** Texts that hold escaped quotes are put together here; longer ones are parsed. */
const scratch = Buffer.alloc(1024);

/** The text of a JSON string whose contents are at `bytes[start, end)`. @throws ScanError `TooLarge` */
export function textAt(bytes: Buffer, start: number, end: number): string {
  proveFits(start, end);
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (c === BACKSLASH || c >= 0x80) return quotedAt(bytes, start, end) ?? parsedAt(bytes, start, end);
  }
  return bytes.toString("latin1", start, end);
}

/** A text of ASCII whose only escapes are those of the quotes around instance keys; undefined for other text. */
function quotedAt(bytes: Buffer, start: number, end: number): string | undefined {
  if (end - start > scratch.length) return undefined;
  let length = 0;
  for (let i = start; i < end; i++) {
    let c = bytes[i]!;
    if (c === BACKSLASH) {
      c = bytes[++i]!;
      if (c !== QUOTE) return undefined;
    }
    if (c >= 0x80) return undefined;
    scratch[length++] = c;
  }
  return scratch.toString("latin1", 0, length);
}

function parsedAt(bytes: Buffer, start: number, end: number): string {
  return JSON.parse(bytes.toString("utf8", start - 1, end + 1)) as string;
}
