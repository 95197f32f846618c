import { hashBytes } from "./key-registry";
import type { JsonScanner } from "./json-scanner";

/** Names that are looked for among the members of objects, found by the hash that the scanner has worked out anyway. */
export class Members {
  private readonly byHash = new Map<number, number>();
  private readonly bytes: readonly Buffer[];

  public constructor(public readonly names: readonly string[]) {
    this.bytes = names.map((name) => Buffer.from(name));
    this.bytes.forEach((bytes, i) => {
      const hash = hashBytes(bytes);
      if (this.byHash.has(hash)) throw new Error(`Expected no two names of one hash, got ${names.join(", ")}.`);
      this.byHash.set(hash, i);
    });
  }

  /** Which of the names the scanner has just read as a key; -1 for none. */
  public read(scanner: JsonScanner): number {
    const i = this.byHash.get(scanner.keyHash);
    if (i === undefined) return -1;
    const { bytes, keyStart, keyEnd } = scanner;
    const name = this.bytes[i]!;
    if (keyEnd - keyStart !== name.length) return scanner.keyText() === this.names[i] ? i : -1;
    for (let k = 0; k < name.length; k++) if (bytes[keyStart + k] !== name[k]) return -1;
    return i;
  }
}

/** The text of a JSON string whose contents are at `bytes[start, end)`. */
export function textAt(bytes: Buffer, start: number, end: number): string {
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (c === 0x5c || c >= 0x80) return JSON.parse(bytes.toString("utf8", start - 1, end + 1)) as string;
  }
  return bytes.toString("latin1", start, end);
}
