import { decodeKey, hashBytes, KeyRegistry } from "./key-registry";
import { proveFits, ScanError } from "./scan-error";

/** Deeper documents are refused: no plan is that deep, and every recursive reader of one has its limit. */
export const MAXIMUM_DEPTH = 500;

/** Numbers of at most this many characters are the same number in every reader. */
const EXACT_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/**
 * Reads strict JSON (RFC 8259) off bytes that are known to be UTF-8, value by value. What it skips it has proven as
 * thoroughly as what it hands out: grammar, and no key twice in any object.
 */
export class JsonScanner {
  private readonly keys: KeyRegistry;
  /** Of the key read last: its text is `bytes[keyStart, keyEnd)`. */
  public keyStart = 0;
  public keyEnd = 0;
  public keyHash = 0;
  /** Where a number was read that a double may not hold exactly; reset it before what matters. */
  public longNumber: number | undefined;

  public constructor(
    public readonly bytes: Buffer,
    public position = 0,
    private level = 0,
  ) {
    this.keys = new KeyRegistry(bytes, MAXIMUM_DEPTH);
  }

  /** How many objects and lists are open. */
  public get depth(): number {
    return this.level;
  }

  /** Moves to the next byte that is no white space and returns it; `undefined` at the end. */
  public peek(): number | undefined {
    const bytes = this.bytes;
    let i = this.position;
    // Reading past the end, even once, would make every later reading here slow.
    if (i >= bytes.length) return undefined;
    let c = bytes[i]!;
    while (c <= 0x20 && (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09)) {
      this.position = ++i;
      if (i === bytes.length) return undefined;
      c = bytes[i]!;
    }
    return c;
  }

  /** Reads an object; `onKey` reads the value of the key that `keyStart`, `keyEnd` and `keyHash` tell. */
  public object(onKey: () => void): void {
    if (this.peek() !== OPEN_OBJECT) this.fail();
    this.position++;
    const base = this.enter();
    if (this.peek() === CLOSE_OBJECT) this.position++;
    else
      do {
        this.key(base);
        onKey();
      } while (this.more(CLOSE_OBJECT));
    this.keys.close(base);
    this.level--;
  }

  /** Reads a list; `onItem` reads one item. */
  public list(onItem: () => void): void {
    if (this.peek() !== OPEN_LIST) this.fail();
    this.position++;
    this.deeper();
    if (this.peek() === CLOSE_LIST) this.position++;
    else
      do onItem();
      while (this.more(CLOSE_LIST));
    this.level--;
  }

  /** Reads a value and forgets it. */
  public skip(): void {
    const c = this.peek();
    if (c === QUOTE) this.string();
    else if (c === OPEN_OBJECT) this.skipObject();
    else if (c === OPEN_LIST) this.skipList();
    else this.scalar(c);
  }

  /** Reads a value and returns it. */
  public value(): unknown {
    this.peek();
    const start = this.position;
    this.skip();
    return this.parse(start, this.position);
  }

  /** The value at bytes that have been read before. */
  public parse(start: number, end: number): unknown {
    proveFits(start, end);
    return JSON.parse(this.bytes.toString("utf8", start, end));
  }

  /** The key read last, decoded. */
  public keyText(): string {
    proveFits(this.keyStart, this.keyEnd);
    const raw = this.bytes.subarray(this.keyStart, this.keyEnd);
    return (raw.includes(BACKSLASH) ? decodeKey(raw) : raw).toString("utf8");
  }

  /** @throws ScanError for the number that `longNumber` tells */
  public refuseNumber(): never {
    throw new ScanError("LongNumber", this.longNumber ?? this.position);
  }

  public end(): void {
    if (this.peek() !== undefined) this.fail();
  }

  private skipObject(): void {
    this.position++;
    const base = this.enter();
    if (this.peek() === CLOSE_OBJECT) this.position++;
    else
      do {
        this.key(base);
        this.skip();
      } while (this.more(CLOSE_OBJECT));
    this.keys.close(base);
    this.level--;
  }

  private skipList(): void {
    this.position++;
    this.deeper();
    if (this.peek() === CLOSE_LIST) this.position++;
    else
      do this.skip();
      while (this.more(CLOSE_LIST));
    this.level--;
  }

  private enter(): number {
    this.deeper();
    return this.keys.open(this.level);
  }

  private deeper(): void {
    if (++this.level > MAXIMUM_DEPTH) throw new ScanError("TooDeep", this.position);
  }

  /** True when another item follows, false when the closing byte does. */
  private more(close: number): boolean {
    const c = this.peek();
    if (c !== COMMA && c !== close) this.fail();
    this.position++;
    return c === COMMA;
  }

  private key(base: number): void {
    if (this.peek() !== QUOTE) this.fail();
    const bytes = this.bytes;
    const start = this.position + 1;
    let i = start;
    let hash = 0;
    let c = bytes[i];
    while (c !== QUOTE) {
      if (c === BACKSLASH || !(c! >= 0x20)) break;
      hash = (Math.imul(hash, 31) + c!) | 0;
      c = bytes[++i];
    }
    if (c === QUOTE) this.position = i + 1;
    else {
      this.string();
      i = this.position - 1;
      proveFits(start, i);
      hash = hashBytes(decodeKey(bytes.subarray(start, i)));
    }
    this.keyStart = start;
    this.keyEnd = i;
    this.keyHash = hash;
    this.keys.add(this.level, base, hash, start, i);
    if (this.peek() !== 0x3a) this.fail();
    this.position++;
  }

  private string(): void {
    const bytes = this.bytes;
    let i = this.position + 1;
    for (;;) {
      const c = bytes[i];
      // Most bytes are lower-case letters, which all lie above the backslash.
      if (c! > BACKSLASH) i++;
      else if (c === QUOTE) break;
      else if (c === BACKSLASH) i = this.escape(i);
      else if (c! >= 0x20) i++;
      else this.fail(i);
    }
    this.position = i + 1;
  }

  /** Proves the escape at `i` and returns what comes after it. */
  private escape(i: number): number {
    const c = this.bytes[i + 1];
    if (c !== 0x75) {
      // " / \ b f n r t
      if (c === 0x22 || c === 0x2f || c === 0x5c || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74)
        return i + 2;
      return this.fail(i);
    }
    for (let k = i + 2; k < i + 6; k++) {
      const digit = this.bytes[k]!;
      const lower = digit | 0x20;
      if (!((digit >= 0x30 && digit <= 0x39) || (lower >= 0x61 && lower <= 0x66))) this.fail(i);
    }
    return i + 6;
  }

  private scalar(c: number | undefined): void {
    if (c === 0x74) this.word("true");
    else if (c === 0x66) this.word("false");
    else if (c === 0x6e) this.word("null");
    else this.number();
  }

  private word(word: string): void {
    for (let k = 0; k < word.length; k++) if (this.bytes[this.position + k] !== word.charCodeAt(k)) this.fail();
    this.position += word.length;
  }

  private number(): void {
    const bytes = this.bytes;
    let i = this.position;
    if (bytes[i] === 0x2d) i++;
    if (bytes[i] === 0x30) i++;
    else i = this.digits(i);
    if (bytes[i] === 0x2e) i = this.digits(i + 1);
    const exponent = bytes[i] === 0x65 || bytes[i] === 0x45;
    if (exponent) {
      i++;
      if (bytes[i] === 0x2b || bytes[i] === 0x2d) i++;
      i = this.digits(i);
    }
    if ((exponent || i - this.position > EXACT_DIGITS) && !this.isExact(i)) this.longNumber = this.position;
    this.position = i;
  }

  /** True when the number that ends at `end` is written as the double that it is read as. */
  private isExact(end: number): boolean {
    const text = this.bytes.toString("latin1", this.position, end);
    return String(Number(text)) === text;
  }

  private digits(i: number): number {
    const start = i;
    while (this.bytes[i]! >= 0x30 && this.bytes[i]! <= 0x39) i++;
    return i === start ? this.fail(i) : i;
  }

  private fail(at = this.position): never {
    throw new ScanError("NotJson", at);
  }
}
