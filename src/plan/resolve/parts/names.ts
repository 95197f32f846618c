const MARK = "zq9x";
const DIGITS = 6;
/** An id's form. */
const ID = /^[a-z]+-(?=[A-Za-z0-9-]+$)/;

interface Name {
  readonly original: string;
  /** What stands before the placeholder in the text that takes the original's place: a type, or the form of an id. */
  readonly prefix: string;
}

/** Placeholders for the names of one part, so that parts that differ in nothing but names have one text. */
export class Names {
  private readonly names: Name[] = [];
  private readonly numbers = new Map<string, number>();
  private written = 0;

  /**
   * @param addresses type by address. Placeholders of addresses are in the order of the addresses, since rules sort them
   * @param pinned texts that settings name, which stay as they are
   */
  public constructor(
    addresses: ReadonlyMap<string, string>,
    private readonly pinned: ReadonlySet<string>,
  ) {
    for (const address of [...addresses.keys()].sort()) this.add(address, `${addresses.get(address)!}.`);
  }

  /** The placeholder of a text that rules only show; that of an id has the form of an id. */
  public of(text: string): string {
    if (text === "" || this.pinned.has(text)) return text;
    const known = this.numbers.get(text);
    return this.placeholder(known ?? this.add(text, ID.exec(text)?.[0] ?? ""));
  }

  /** The placeholder of an address or an id, which rules compare with others; any other text is kept. */
  public ofId(text: string): string {
    return this.numbers.has(text) || ID.test(text) ? this.of(text) : text;
  }

  /** The name inside the placeholder of an address. */
  public nameOf(address: string): string {
    this.written++;
    return mark(this.numbers.get(address)!);
  }

  /** True when the text has no placeholder but those that were asked for. */
  public areAllOf(text: string): boolean {
    return this.names.length < 10 ** DIGITS && text.split(MARK).length - 1 === this.written;
  }

  /** Puts the names back into JSON of an answer. */
  public restore(answer: string): string {
    let restored = "";
    let done = 0;
    for (let at = answer.indexOf(MARK); at >= 0; at = answer.indexOf(MARK, done)) {
      const { original, prefix } = this.names[Number(answer.slice(at + MARK.length, at + MARK.length + DIGITS))]!;
      // A name alone stands without its prefix.
      const start = answer.startsWith(prefix, at - prefix.length) ? at - prefix.length : at;
      restored += answer.slice(done, start) + JSON.stringify(original).slice(1, -1);
      done = at + mark(0).length;
    }
    return restored + answer.slice(done);
  }

  private add(original: string, prefix: string): number {
    this.numbers.set(original, this.names.length);
    return this.names.push({ original, prefix }) - 1;
  }

  private placeholder(number: number): string {
    this.written++;
    return this.names[number]!.prefix + mark(number);
  }
}

/** False for an answer that `restore` leaves as it is. */
export function holdsPlaceholder(answer: string): boolean {
  return answer.includes(MARK);
}

function mark(number: number): string {
  return `${MARK}${String(number).padStart(DIGITS, "0")}z`;
}
