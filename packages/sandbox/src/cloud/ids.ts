import { randomInt } from "node:crypto";
import { regionFact } from "./data/regions";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
/** Resource 2^32 as a random source gives it. */
const fromCrypto = (): number => randomInt(2 ** 32) / 2 ** 32;

/** Makes ids that look like the real ones: prefix, region code, random letters. */
export class IdMaker {
  public constructor(private readonly random: () => number = fromCrypto) {}

  /** e.g. `vpc-j6c` and 18 random characters. */
  public make(prefix: string, region: string, length = 18): string {
    return `${prefix}-${regionFact(region)?.code ?? "0x0"}${this.letters(length)}`;
  }

  /** For things outside regions, e.g. `aeip-bp1…`: the service's home is Hangzhou. */
  public global(prefix: string, length = 18): string {
    return this.make(prefix, "cn-hangzhou", length);
  }

  public letters(length: number, alphabet = ALPHABET): string {
    let text = "";
    while (text.length < length) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  /** Upper-case UUID, as request ids are. */
  public requestId(): string {
    const hex = (count: number): string => this.letters(count, "0123456789ABCDEF");
    return `${hex(8)}-${hex(4)}-5${hex(3)}-${"89AB"[this.below(4)]}${hex(3)}-${hex(12)}`;
  }

  public mac(): string {
    const pair = (): string => this.letters(2, "0123456789abcdef");
    return `00:16:3e:${pair()}:${pair()}:${pair()}`;
  }

  /** An address below the given first two bytes, for which `taken` says no. */
  public publicAddress(prefix: string, taken: (ip: string) => boolean): string {
    for (;;) {
      const ip = `${prefix}.${this.below(256)}.${1 + this.below(254)}`;
      if (!taken(ip)) return ip;
    }
  }

  /** 0 ≤ n < limit. */
  public below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}
