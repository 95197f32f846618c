import { HclError, type Token } from "./hcl-lexer";

/** A block at the top of a file: `resource "type" "name" { … }`, with its own attributes, not those of blocks inside. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, readonly Token[]>;
}

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/**
 * The blocks of a file of native HCL.
 * @throws HclError
 */
export function blocksOf(tokens: readonly Token[]): HclBlock[] {
  const reader = new Reader(tokens);
  const blocks: HclBlock[] = [];
  reader.body(undefined, (block) => blocks.push(block));
  return blocks;
}

class Reader {
  private at = 0;

  public constructor(private readonly tokens: readonly Token[]) {}

  /** Reads attributes and blocks up to `close`, or to the end of the file. */
  public body(close: "}" | undefined, onBlock: (block: HclBlock) => void): Map<string, readonly Token[]> {
    const attributes = new Map<string, readonly Token[]>();
    for (;;) {
      while (this.tokens[this.at]?.kind === "newline") this.at++;
      const name = this.tokens[this.at++];
      if (name === undefined ? close === undefined : name.text === close) return attributes;
      if (name?.kind !== "word") throw new HclError("something where a name should be");
      if (this.tokens[this.at]?.text !== "=") {
        onBlock(this.block(name.text));
        continue;
      }
      this.at++;
      if (attributes.has(name.text)) throw new HclError("an attribute that is set twice");
      attributes.set(name.text, this.expression());
    }
  }

  private block(type: string): HclBlock {
    const labels: string[] = [];
    for (;;) {
      const token = this.tokens[this.at++];
      if (token?.kind === "word") labels.push(token.text);
      else if (token?.kind === "string") labels.push(token.text.slice(1, -1));
      else if (token?.text === "{") break;
      else throw new HclError("a block without a body");
    }
    return { type, labels, attributes: this.body("}", () => undefined) };
  }

  /** The tokens up to the end of the line or of the block; inside of brackets lines do not end. */
  private expression(): Token[] {
    const start = this.at;
    const open: string[] = [];
    for (; this.at < this.tokens.length; this.at++) {
      const { kind, text } = this.tokens[this.at]!;
      if (open.length === 0 && (kind === "newline" || text === "}")) break;
      if (kind !== "sign") continue;
      if (Object.hasOwn(CLOSING, text)) open.push(CLOSING[text]!);
      else if (text === "}" || text === "]" || text === ")") {
        if (open.pop() !== text) throw new HclError("brackets that do not match");
      }
    }
    if (open.length > 0 || this.at === start) throw new HclError("an expression that is not whole");
    return this.tokens.slice(start, this.at).filter((token) => token.kind !== "newline");
  }
}
