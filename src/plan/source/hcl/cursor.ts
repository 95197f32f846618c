import type { Expression, Place, SourceText } from "./ast";
import { HclError } from "./hcl-error";
import { DEEPEST } from "./limits";
import type { Token, TokenType } from "./token";

/** `Omit` for each kind of a union. */
type Without<Node, Key extends PropertyKey> = Node extends unknown ? Omit<Node, Key> : never;

/** A node without its place. */
type Bare = Without<Expression, "at">;

/** Walks over tokens, makes nodes, and keeps count of how deep both are. */
export class Cursor {
  private next = 0;
  private depth = 0;
  private readonly depths = new Map<Expression, number>();
  /** Where the token that was read last ends. */
  private readTo: number;

  /** @param newlines whether they are tokens here; inside of brackets they are not */
  public constructor(
    public readonly source: SourceText,
    private readonly tokens: readonly Token[],
    private newlines: boolean,
  ) {
    this.readTo = tokens[0]!.start;
  }

  /** The next token; the last one stays forever. */
  public peek(): Token {
    let at = this.next;
    while (!this.newlines && this.tokens[at]!.type === "newline") at++;
    return this.tokens[at]!;
  }

  public read(): Token {
    while (!this.newlines && this.tokens[this.next]!.type === "newline") this.next++;
    const token = this.tokens[this.next]!;
    if (this.next < this.tokens.length - 1) this.next++;
    this.readTo = token.end;
    return token;
  }

  /** Reads the next token when it is of this type. */
  public take(type: TokenType): boolean {
    if (this.peek().type !== type) return false;
    this.read();
    return true;
  }

  /** @throws HclError when the next token is of another type */
  public expect(type: TokenType, instead: string): Token {
    if (this.peek().type !== type) this.fail(instead);
    return this.read();
  }

  /** True when the next token is this keyword. */
  public isWord(word: string): boolean {
    const token = this.peek();
    return token.type === "identifier" && this.textOf(token) === word;
  }

  public takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.read();
    return true;
  }

  /** @throws HclError when there is no name, or one that Terraform may compare in another form */
  public name(): string {
    const name = this.textOf(this.expect("identifier", "something else where a name should be"));
    if (name.normalize("NFC") !== name) this.fail("a name with characters that Unicode composes");
    return name;
  }

  public textOf({ start, end }: Token): string {
    return this.source.text.slice(start, end);
  }

  /** Reads with newlines as tokens, or without. */
  public withNewlines<T>(newlines: boolean, read: () => T): T {
    const before = this.newlines;
    this.newlines = newlines;
    const value = read();
    this.newlines = before;
    return value;
  }

  /** One level deeper. */
  public nested<T>(read: () => T): T {
    if (++this.depth > DEEPEST) this.fail(`more than ${String(DEEPEST)} levels inside each other`);
    const value = read();
    this.depth--;
    return value;
  }

  /** A node from `start` to what was read last. */
  public node(start: number, node: Bare, children: readonly Expression[] = []): Expression {
    return this.nodeAt(this.place(start), node, children);
  }

  public nodeAt(at: Place, node: Bare, children: readonly Expression[] = []): Expression {
    const made = { ...node, at } as Expression;
    let deepest = 0;
    for (const child of children) deepest = Math.max(deepest, this.depths.get(child) ?? 0);
    if (deepest >= DEEPEST) this.fail(`more than ${String(DEEPEST)} levels inside each other`);
    if (children.length > 0) this.depths.set(made, deepest + 1);
    return made;
  }

  public place(start: number, end = this.readTo): Place {
    return { source: this.source, start, end };
  }

  public fail(message: string, position = this.peek().start): never {
    throw new HclError(message, this.source, position);
  }
}
