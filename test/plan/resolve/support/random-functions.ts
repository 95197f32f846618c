import type { Dice } from "../../../../tools/gate-trials/dice";

const PIECES = ["a", "b", "B", "Z", "_", "-", " ", ".", "/", ",", "0", "1", "9", "x", "%", "&", "+", "=", ":", "\\n", "\\t", "é", "{", "["]; // prettier-ignore
const PATTERNS = ["[a-z]+", "a", "b?a", "[0-9]", "(a)(b)", "[^a]+", "^a", "x$", "a.b", "[a-c]{1,2}"];

/** Makes calls of the functions that are computed, with known arguments. */
export class RandomFunctions {
  public constructor(private readonly dice: Dice) {}

  public text(): string {
    const { dice } = this;
    const s = (): string => this.string();
    const n = (): string => String(dice.below(7) - 2);
    const l = (): string => `[${this.several(s)}]`;
    const numbers = (): string => this.several(n);
    return dice.pick([
      () => `${dice.pick(["lower", "upper", "title", "trimspace", "chomp", "strrev", "urlencode", "basename", "md5", "sha1", "sha256", "sha512", "base64sha256", "base64sha512", "base64encode", "length", "jsonencode"])}(${s()})`, // prettier-ignore
      () => `${dice.pick(["trim", "trimprefix", "trimsuffix", "startswith", "endswith", "strcontains", "split"])}(${s()}, ${s()})`, // prettier-ignore
      () => `replace(${s()}, ${s()}, ${s()})`,
      () => `replace(${s()}, "/${dice.pick(PATTERNS)}/", ${s()})`,
      () => `${dice.pick(["regex", "regexall"])}("${dice.pick(PATTERNS)}", ${s()})`,
      () => `substr(${s()}, ${n()}, ${n()})`,
      () => `indent(${n()}, ${s()})`,
      () => `join(${s()}, ${l()})`,
      () => `format("${dice.pick(["%s", "%d", "%03d", "%s-%s", "%%%s", "%02d/%s"])}", ${dice.pick([s, n])()}, ${dice.pick([s, n])()})`, // prettier-ignore
      () => `format("${dice.pick(["%s", "%d", "%03d"])}", ${dice.pick([s, n])()})`,
      () => `formatlist("%s-%s", ${dice.pick([s, l])()}, ${l()})`,
      () => `${dice.pick(["sort", "distinct", "compact", "reverse", "toset", "length", "one", "jsonencode"])}(${l()})`,
      () => `${dice.pick(["sum", "alltrue", "length"])}([${numbers()}])`,
      () => `${dice.pick(["max", "min"])}(${numbers()})`,
      () => `${dice.pick(["abs", "ceil", "floor", "signum", "range"])}(${n()})`,
      () => `pow(${n()}, ${n()})`,
      () => `parseint("${dice.pick(["10", "ff", "-7", "z", "012", ""])}", ${dice.pick(["2", "10", "16", "36"])})`,
      () => `${dice.pick(["element", "index", "slice", "chunklist"])}(${l()}, ${n()}${dice.pick(["", `, ${n()}`])})`,
      () => `jsondecode(jsonencode({ a = ${s()}, b = ${l()} }))`,
      () => `base64decode(base64encode(${s()}))`,
      () => `csvdecode("${this.rows()}")`,
      () => `yamldecode("${this.document()}")`,
    ])();
  }

  private string(): string {
    return `"${Array.from({ length: this.dice.below(6) }, () => this.dice.pick(PIECES)).join("")}"`.replaceAll(
      "%{",
      "% {",
    );
  }

  private several(make: () => string): string {
    return Array.from({ length: this.dice.below(4) }, make).join(", ");
  }

  private rows(): string {
    const { dice } = this;
    const cell = (): string => dice.pick(["a", "b", "", " c", "1"]);
    const row = (): string => Array.from({ length: dice.chance(0.9) ? 2 : 1 }, cell).join(",");
    return ["a,b", ...Array.from({ length: dice.below(3) }, row)].join("\\n");
  }

  private document(): string {
    const { dice } = this;
    const word = (): string => dice.pick(["a", "yes", "b c", "1", "-2", "1.5", "true", "null", "'q'", "x: y", "[a, b]", "{a: b}", "~", "0x1", "e-1", "No", "a #b", "z:", "017"]); // prettier-ignore
    return dice.pick([
      () => word(),
      () => `- ${word()}\\n- ${word()}`,
      () => `k: ${word()}\\nm: ${word()}`,
      () => `k:\\n  - ${word()}\\n  - n: ${word()}`,
    ])();
  }
}
