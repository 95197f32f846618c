import type { Runs } from "./runs";
import { scalarsIn } from "./scalars";

/** What reads a document on: `skip` proves the value at `position` and moves past it. */
export interface Skipper {
  readonly bytes: Buffer;
  position: number;
  skip(): void;
}

/** Values that may be others in what is like an example: with more, reading it as a whole is as quick. */
const MOST_SLOTS = 24;
/** Values that one object may add to them, so that an object of another kind does not spoil the example. */
const MOST_NEW = 8;

const QUOTE = 0x22;

/**
 * An object that has been proven to be JSON without doubled keys. What has the same bytes but for some texts, numbers
 * and words that are values is proven by proving those.
 */
export class Example<T> {
  /** Where the values stand that may be others (start and end, in the example), as others showed. */
  private slots: readonly number[] = [];
  /** Counts the changes of `slots`. */
  public version = 0;
  /** In the object matched last: how far what follows so many slots stands from where it stands in the example. */
  private readonly shifts = new Float64Array(MOST_SLOTS + 1);
  private scalars: readonly number[] | undefined;
  /** How much of it was compared when an object was not like it, in bytes. */
  public compared = 0;
  /** The example after which another was met last. */
  public next: Example<T> | undefined;
  /** Of the places that `about` speaks of how many slots are before each. */
  private readonly before: Uint8Array;

  /**
   * @param places in the example that are asked for in other objects: starts and ends in turn, 0 for one that is not there
   * @param fixed starts of values that are always the same
   */
  public constructor(
    private readonly scanner: Skipper,
    private readonly runs: Runs,
    private readonly start: number,
    private readonly end: number,
    public readonly about: T,
    private readonly places: readonly number[],
    private readonly fixed: readonly number[],
  ) {
    this.before = new Uint8Array(places.length);
  }

  /**
   * Reads past the object at the scanner's position when it is like the example; else stays there.
   * @throws ScanError where a value is no JSON
   */
  public matches(): boolean {
    const { scanner, runs } = this;
    const begin = scanner.position;
    let slots = this.slots;
    let own = this.start;
    let at = begin;
    this.shifts[0] = at - own;
    for (let k = 0; ; k += 2) {
      const length = (k < slots.length ? slots[k]! : this.end) - own;
      if (at + length > scanner.bytes.length) break;
      const same = runs.alike(own, at, length);
      this.compared = own + same - this.start;
      if (same < length) {
        const more = this.withSlot(slots, k, own, own + same);
        if (more === undefined) break;
        slots = more;
      } else if (k === slots.length) {
        scanner.position = at + length;
        if (slots !== this.slots) this.widen(slots);
        return true;
      }
      if (!this.skipValue(slots[k]!, at + slots[k]! - own)) break;
      own = slots[k + 1]!;
      at = scanner.position;
      this.shifts[(k >> 1) + 1] = at - own;
    }
    scanner.position = begin;
    return false;
  }

  /** A place asked for, in the object matched last. */
  public place(n: number): number {
    const place = this.places[n]!;
    return place === 0 ? 0 : place + this.shifts[this.before[n]!]!;
  }

  /** True when what stands from the nth place to the next is the same in all that is like the example. */
  public isConstant(n: number): boolean {
    const { slots, places } = this;
    for (let k = 0; k < slots.length; k += 2)
      if (slots[k]! < places[n + 1]! && slots[k + 1]! > places[n]!) return false;
    return true;
  }

  /** The slots with that of the value which stands at `at` or ends there, if it may be one. */
  private withSlot(slots: readonly number[], k: number, own: number, at: number): readonly number[] | undefined {
    if (slots.length >= MOST_SLOTS * 2 || slots.length - this.slots.length >= MOST_NEW * 2) return undefined;
    const scalars = (this.scalars ??= scalarsIn(this.scanner.bytes, this.start, this.end));
    let [low, high] = [0, scalars.length >> 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (scalars[middle * 2 + 1]! < at) low = middle + 1;
      else high = middle;
    }
    const from = scalars[low * 2];
    if (from === undefined || from > at || from < own || this.fixed.includes(from)) return undefined;
    return [...slots.slice(0, k), from, scalars[low * 2 + 1]!, ...slots.slice(k)];
  }

  /** Skips the value at `at`, which must be a text if the example's is, and else a number or a word. */
  private skipValue(own: number, at: number): boolean {
    const { scanner } = this;
    const c = scanner.bytes[at]!;
    if (
      scanner.bytes[own] === QUOTE ? c !== QUOTE : !((c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a) || c === 0x2d)
    )
      return false;
    scanner.position = at;
    scanner.skip();
    return true;
  }

  private widen(slots: readonly number[]): void {
    this.slots = slots;
    this.version++;
    for (let n = 0; n < this.places.length; n++) {
      const place = this.places[n]!;
      // A start may lie just inside a text, and so may an end.
      let k = 0;
      while (k < slots.length && (n % 2 === 0 ? slots[k + 1]! <= place : slots[k]! < place)) k += 2;
      this.before[n] = k >> 1;
    }
  }
}
