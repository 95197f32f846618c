import { textAt } from "./members";

/** Slots for texts that were read before; a later text replaces an earlier one in the same slot. */
const SLOTS = 128;

/** True when `bytes[a, a + length)` is `bytes[b, b + length)`. */
export function sameBytes(bytes: Buffer, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** Texts of JSON strings that come again and again, such as types: each is made once while it keeps coming. */
export class Texts {
  private readonly starts = new Float64Array(SLOTS);
  private readonly ends = new Float64Array(SLOTS);
  private readonly texts: string[] = [];

  public constructor(private readonly bytes: Buffer) {}

  /** The text of the JSON string whose contents are at `bytes[start, end)`. */
  public at(start: number, end: number): string {
    const slot = (end - start + this.bytes[start]! * 7 + this.bytes[end - 1]! * 31) % SLOTS;
    const known = this.starts[slot]!;
    if (this.ends[slot]! - known === end - start && end > start && sameBytes(this.bytes, known, start, end - start))
      return this.texts[slot]!;
    const text = textAt(this.bytes, start, end);
    this.starts[slot] = start;
    this.ends[slot] = end;
    this.texts[slot] = text;
    return text;
  }
}
