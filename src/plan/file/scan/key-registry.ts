import { ScanError } from "./scan-error";

/** Filter words (of 32 bits) per nesting level; where they are full, keys are compared by their hashes. */
const FILTER_WORDS = 2;
/** From this many keys on, an object's keys are looked up in a map instead of one by one. */
const MANY_KEYS = 128;

/**
 * The keys of the objects that are open while a document is scanned: finds a key that occurs twice in one object, in
 * time linear in the document. JSON parsers keep one of the two silently, and not all keep the same one.
 */
export class KeyRegistry {
  private hashes = new Int32Array(4096);
  private starts = new Uint32Array(4096);
  private ends = new Uint32Array(4096);
  private count = 0;
  private readonly filter: Int32Array;
  private readonly maps: (Map<number, number[]> | undefined)[] = [];

  public constructor(
    private readonly bytes: Buffer,
    maximumDepth: number,
  ) {
    this.filter = new Int32Array((maximumDepth + 1) * FILTER_WORDS);
  }

  /** Opens an object at this depth; what it returns closes it. */
  public open(depth: number): number {
    this.filter[depth * FILTER_WORDS] = 0;
    this.filter[depth * FILTER_WORDS + 1] = 0;
    this.maps[depth] = undefined;
    return this.count;
  }

  public close(base: number): void {
    this.count = base;
  }

  /**
   * Adds the key whose text is `bytes[start, end)`, quotes left out. `hash` is that of the decoded key.
   * @throws ScanError `DuplicateKey`
   */
  public add(depth: number, base: number, hash: number, start: number, end: number): void {
    const word = depth * FILTER_WORDS + ((hash >>> 5) & (FILTER_WORDS - 1));
    const bit = 1 << (hash & 31);
    if ((this.filter[word]! & bit) !== 0) this.find(depth, base, hash, start, end);
    this.filter[word]! |= bit;
    if (this.count === this.hashes.length) this.grow();
    this.hashes[this.count] = hash;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
    if (this.count - base >= MANY_KEYS) this.index(depth, base);
  }

  private find(depth: number, base: number, hash: number, start: number, end: number): void {
    const map = this.maps[depth];
    if (map !== undefined) {
      for (const i of map.get(hash) ?? []) this.compare(i, start, end);
      return;
    }
    for (let i = base; i < this.count; i++) if (this.hashes[i] === hash) this.compare(i, start, end);
  }

  private compare(i: number, start: number, end: number): void {
    const key = this.keyAt(start, end);
    if (key.equals(this.keyAt(this.starts[i]!, this.ends[i]!)))
      throw new ScanError("DuplicateKey", start, key.toString("utf8"));
  }

  /** The decoded key, as UTF-8. */
  private keyAt(start: number, end: number): Buffer {
    const raw = this.bytes.subarray(start, end);
    return raw.includes(0x5c) ? decodeKey(raw) : raw;
  }

  private index(depth: number, base: number): void {
    const map = (this.maps[depth] ??= new Map<number, number[]>());
    for (let i = map.size === 0 ? base : this.count - 1; i < this.count; i++) {
      const hash = this.hashes[i]!;
      const same = map.get(hash);
      if (same === undefined) map.set(hash, [i]);
      else same.push(i);
    }
  }

  private grow(): void {
    const size = this.hashes.length * 2;
    const copy = <T extends Int32Array | Uint32Array>(to: T, from: T): T => (to.set(from), to);
    this.hashes = copy(new Int32Array(size), this.hashes);
    this.starts = copy(new Uint32Array(size), this.starts);
    this.ends = copy(new Uint32Array(size), this.ends);
  }
}

/** A key with its escapes decoded, as UTF-8: `\u0061` is `a`. */
export function decodeKey(raw: Buffer): Buffer {
  return Buffer.from(JSON.parse(`"${raw.toString("utf8")}"`) as string, "utf8");
}

/** The hash that `add` takes, of bytes that hold no escape. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
  return hash;
}
