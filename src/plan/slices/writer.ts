/** What a token names; tokens of different kinds are never compared with each other by the policies. */
export type TokenKind = string;

/** Tokens that stand for others: the same for slices of one shape, in nothing a plan holds, valid wherever a name is. */
const PLACEHOLDER = /zq9x(\d{3})z|9170(\d{3})0719/g;
const PLAIN = /^[A-Za-z0-9_-]{1,128}$/;
const NUMBER = /^(?:0|[1-9][0-9]{0,8})$/;
const MOST_TOKENS = 999;

/** JSON text with the names in it kept apart, so that slices that differ in names only can be recognised. */
export class Writer {
  private readonly parts: (string | number)[] = [];
  private pending = "";
  private readonly kinds: TokenKind[] = [];
  private readonly tokens: string[] = [];
  private readonly ids = new Map<string, number>();
  private readonly values: string[] = [];
  /** False once something was written whose names are not surely kept apart. */
  public exact = true;

  /** @param pinned texts that the settings mention, which must stay as they are */
  public constructor(private readonly pinned: ReadonlySet<string>) {}

  public isPinned(text: string): boolean {
    return this.pinned.has(text);
  }

  public raw(text: string): void {
    this.pending += text;
  }

  /** JSON that is no name; it must not hold any. */
  public json(value: unknown): void {
    if (typeof value === "string") this.values.push(value);
    this.pending += JSON.stringify(value);
  }

  public string(value: string): void {
    this.pending += JSON.stringify(value).slice(1, -1);
  }

  /** A name inside a JSON string. */
  public token(kind: TokenKind, text: string): void {
    if (!(kind === "index" ? NUMBER : PLAIN).test(text) || this.pinned.has(text)) {
      this.exact = false;
      this.string(text);
      return;
    }
    const id = `${kind} ${text}`;
    let n = this.ids.get(id);
    if (n === undefined) {
      n = this.tokens.length;
      this.ids.set(id, n);
      this.tokens.push(text);
      this.kinds.push(kind);
    }
    this.parts.push(this.pending, n);
    this.pending = "";
  }

  /** An instance key, `["x"]` or `[0]` or nothing, inside a JSON string. */
  public key(key: string): void {
    if (key === "") return;
    const inner = key.startsWith('["') ? key.slice(2, -2) : key.slice(1, -1);
    // The policies look for ids in keys, because for_each may make an id of one.
    if (key.startsWith('["') && !/lb-|eni-/.test(inner)) {
      this.raw('[\\"');
      this.token("key", inner);
      this.raw('\\"]');
    } else if (!key.startsWith('["')) {
      this.raw("[");
      this.token("index", inner);
      this.raw("]");
    } else {
      this.exact = false;
      this.string(key);
    }
  }

  /** The text as it is. */
  public text(): string {
    return this.parts.map((part) => (typeof part === "number" ? this.tokens[part] : part)).join("") + this.pending;
  }

  /** The text with placeholders for names, and the names; undefined when there is any doubt. */
  public shape(): { text: string; names: readonly string[] } | undefined {
    if (!this.exact || this.tokens.length > MOST_TOKENS || !this.keysStandAlone()) return undefined;
    const order = this.rank();
    if (order === undefined) return undefined;
    const places = new Array<number>(order.length);
    order.forEach((n, place) => (places[n] = place));
    let text = "";
    for (const part of this.parts)
      text += typeof part === "number" ? placeholder(this.kinds[part]!, places[part]!) : part;
    text += this.pending;
    // What looks like a placeholder and is none would be given a name that is not its own.
    if (placeholdersIn(text) !== this.parts.length / 2) return undefined;
    return { text, names: order.map((n) => this.tokens[n]!) };
  }

  /** A key might be compared with a value some day; no value may be the same text. */
  private keysStandAlone(): boolean {
    return !this.kinds.some((kind, n) => kind === "key" && this.values.includes(this.tokens[n]!));
  }

  /** Tokens in the order that placeholders keep: within a kind as the policies sort the texts that hold them. */
  private rank(): number[] | undefined {
    const order = this.tokens.map((_, n) => n);
    if (new Set(this.kinds).size === order.length) return order;
    const first = new Map<string, number>();
    this.kinds.forEach((kind, n) => first.has(kind) || first.set(kind, n));
    const sortKey = (n: number): string => this.tokens[n]! + (this.kinds[n] === "index" ? "]" : "");
    order.sort((a, b) => {
      const kind = first.get(this.kinds[a]!)! - first.get(this.kinds[b]!)!;
      return kind !== 0 ? kind : sortKey(a) < sortKey(b) ? -1 : 1;
    });
    // Of `web` and `web-1` either may come first, by what follows them.
    const doubtful = order.some((n, i) => {
      const before = order[i - 1];
      return (
        before !== undefined &&
        this.kinds[before] === this.kinds[n] &&
        isName(this.kinds[n]!) &&
        this.tokens[n]!.startsWith(this.tokens[before]!)
      );
    });
    return doubtful ? undefined : order;
  }
}

function isName(kind: TokenKind): boolean {
  return kind !== "key" && kind !== "index";
}

function placeholder(kind: TokenKind, place: number): string {
  const digits = String(place).padStart(3, "0");
  return kind === "index" ? `9170${digits}0719` : `zq9x${digits}z`;
}

/** Puts the names back into a text that the policies made. */
export function putBack(text: string, names: readonly string[]): string {
  return text.replace(
    PLACEHOLDER,
    (_, name: string | undefined, index: string | undefined) => names[Number(name ?? index)]!,
  );
}

/** At least as many as there are; what begins like a placeholder counts. */
function placeholdersIn(text: string): number {
  return occurrences(text, "zq9x") + occurrences(text, "9170");
}

function occurrences(text: string, of: string): number {
  let count = 0;
  for (let at = text.indexOf(of); at >= 0; at = text.indexOf(of, at + of.length)) count++;
  return count;
}
