import type { Attribute, Block, Body, SourceText } from "./ast";
import { wholeExpression } from "./expression";
import { HclError } from "./hcl-error";
import { lazyAttribute } from "./lazy-attribute";
import { DEEPEST } from "./limits";
import { unescaped } from "./string-literal";
import type { Token } from "./token";

const CLOSING: Readonly<Partial<Record<string, string>>> = {
  "{": "}",
  "[": "]",
  "(": ")",
  "open quote": "close quote",
  "open heredoc": "close heredoc",
  "${": "end",
  "%{": "end",
};
const CLOSERS: ReadonlySet<string | undefined> = new Set(Object.values(CLOSING));

/** Reads attributes and blocks. Expressions are only delimited here. */
export class BodyReader {
  private at = 0;
  private depth = 0;

  public constructor(
    private readonly source: SourceText,
    private readonly tokens: readonly Token[],
  ) {}

  /** Up to the end of the file, or of a block. @throws HclError */
  public body(end: "}" | "end of text"): Body {
    if (++this.depth > DEEPEST) this.fail(`more than ${String(DEEPEST)} blocks inside each other`);
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (;;) {
      while (this.peek().type === "newline") this.at++;
      if (this.peek().type === end) break;
      const name = this.name();
      if (this.peek().type !== "=") blocks.push(this.block(name));
      else if (attributes.has(this.textOf(name))) this.fail("an attribute that is set twice");
      else attributes.set(this.textOf(name), this.attribute());
      this.lineEnd();
    }
    if (end === "}") this.at++;
    this.depth--;
    return { attributes, blocks };
  }

  private block(type: Token): Block {
    const labels: string[] = [];
    for (; this.peek().type !== "{";) {
      const token = this.read();
      if (token.type === "identifier") labels.push(this.textOf(token));
      else if (token.type === "open quote") labels.push(this.label());
      else this.fail("a block without a body");
    }
    this.at++;
    const next = this.peek().type;
    const body = next === "newline" || next === "}" ? this.body("}") : this.bodyInOneLine();
    const { end } = this.tokens[this.at - 1]!;
    return { type: this.textOf(type), labels, body, at: { source: this.source, start: type.start, end } };
  }

  /** `{ name = value }` holds one attribute and nothing else. */
  private bodyInOneLine(): Body {
    const name = this.name();
    const attributes = new Map([[this.textOf(name), this.attribute()]]);
    if (this.read().type !== "}") this.fail("a block in one line that is more than one attribute");
    return { attributes, blocks: [] };
  }

  private label(): string {
    let label = "";
    for (let token = this.read(); token.type !== "close quote"; token = this.read()) {
      if (token.type !== "quoted") this.fail("a label that is a template");
      label += unescaped(this.source, token);
    }
    return label;
  }

  /** From the `=` on. The expression ends with the line or with the block; inside of brackets lines do not end. */
  private attribute(): Attribute {
    if (this.read().type !== "=") this.fail("a name without a value");
    const first = this.at;
    const open: string[] = [];
    for (; ; this.at++) {
      const { type } = this.peek();
      const closing = CLOSING[type];
      if (open.length === 0 && (type === "newline" || type === "}" || type === "end of text")) break;
      if (closing !== undefined) open.push(closing);
      else if (CLOSERS.has(type) && open.pop() !== type) this.fail("brackets that do not match");
      else if (type === "end of text") this.fail("an expression that is not whole");
    }
    if (this.at === first) this.fail("a name without a value");
    const tokens = this.tokens.slice(first, this.at);
    const { end } = tokens.at(-1)!;
    return lazyAttribute({ source: this.source, start: tokens[0]!.start, end }, () =>
      wholeExpression(this.source, [...tokens, { type: "end of text", start: end, end }], true),
    );
  }

  private lineEnd(): void {
    const { type } = this.peek();
    if (type === "newline") this.at++;
    else if (type !== "end of text") this.fail("something else where a line should end");
  }

  private name(): Token {
    const token = this.read();
    if (token.type !== "identifier") this.fail("something else where a name should be");
    return token;
  }

  private textOf({ start, end }: Token): string {
    return this.source.text.slice(start, end);
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }

  private read(): Token {
    const token = this.peek();
    if (token.type !== "end of text") this.at++;
    return token;
  }

  private fail(message: string): never {
    throw new HclError(message, this.source, this.tokens[Math.max(0, this.at - 1)]!.start);
  }
}
