/** What a token names; tokens of different kinds are never compared with each other by the policies. */
export type TokenKind = string;

const PLAIN = /^[A-Za-z0-9_-]{1,128}$/;
const NUMBER = /^(?:0|[1-9][0-9]{0,8})$/;
const MOST_TOKENS = 999;
/** Up to so many tokens, looking through them is quicker than a map. */
const FEW = 16;

/** The order of tokens that placeholders keep. */
export interface Ranked {
  readonly names: readonly string[];
  /** Place of each token by its number; absent when each stands where it was first met. */
  readonly places?: readonly number[];
}

/** The names in a text, numbered as they are met. */
export class Tokens {
  private readonly kinds: TokenKind[] = [];
  private readonly texts: string[] = [];
  private ids: Map<string, number> | undefined;

  /** The number of a name; undefined for what is no plain name, or one too many. */
  public number(kind: TokenKind, text: string): number | undefined {
    const { kinds, texts } = this;
    const known = this.find(kind, text);
    if (known !== undefined) return known;
    const n = texts.length;
    if (n >= MOST_TOKENS || !(kind === "index" ? NUMBER : PLAIN).test(text)) return undefined;
    kinds.push(kind);
    texts.push(text);
    if (n + 1 > FEW) {
      this.ids ??= new Map(texts.map((one, i) => [`${kinds[i]!} ${one}`, i]));
      this.ids.set(`${kind} ${text}`, n);
    }
    return n;
  }

  private find(kind: TokenKind, text: string): number | undefined {
    if (this.ids !== undefined) return this.ids.get(`${kind} ${text}`);
    const { kinds, texts } = this;
    for (let n = 0; n < texts.length; n++) if (texts[n] === text && kinds[n] === kind) return n;
    return undefined;
  }

  /** A key might be compared with a value some day; no value may be the same text. */
  public hasKeyAmong(values: readonly string[]): boolean {
    return this.kinds.some((kind, n) => kind === "key" && values.includes(this.texts[n]!));
  }

  /** Within a kind as the policies sort the texts that hold them; undefined where that depends on what follows them. */
  public rank(): Ranked | undefined {
    const { kinds, texts } = this;
    const first = kinds.map((kind) => kinds.indexOf(kind));
    if (first.every((at, n) => at === n)) return { names: texts };
    const order = texts.map((_, n) => n);
    const sortKey = (n: number): string => texts[n]! + (kinds[n] === "index" ? "]" : "");
    order.sort((a, b) => (first[a] !== first[b] ? first[a]! - first[b]! : sortKey(a) < sortKey(b) ? -1 : 1));
    // Of `web` and `web-1` either may come first, by what follows them.
    const isDoubtful = order.some((n, i) => {
      const before = order[i - 1];
      return (
        before !== undefined && first[before] === first[n] && isName(kinds[n]!) && texts[n]!.startsWith(texts[before]!)
      );
    });
    if (isDoubtful) return undefined;
    const places = new Array<number>(order.length);
    order.forEach((n, place) => (places[n] = place));
    return { names: order.map((n) => texts[n]!), places };
  }
}

function isName(kind: TokenKind): boolean {
  return kind !== "key" && kind !== "index";
}
