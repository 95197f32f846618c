import type { SourceText } from "../hcl";
import { HclError } from "../hcl";
import { DEEPEST } from "../hcl/limits";

/** A value in a file of JSON configuration. Unlike JSON.parse's, an object keeps each of two members of one name. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: readonly JsonMember[] }
);

export interface JsonMember {
  readonly name: JsonNode & { readonly kind: "string" };
  readonly value: JsonNode;
}

const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[^"\\\u0000-\u001f]+/y;
const ESCAPED = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/**
 * Reads a file of JSON configuration, whole.
 * @throws HclError
 */
export function parseJson(source: SourceText): JsonNode {
  return new JsonReader(source).whole();
}

class JsonReader {
  private at = 0;
  private depth = 0;

  public constructor(private readonly source: SourceText) {}

  public whole(): JsonNode {
    const value = this.value();
    if (this.peek() !== undefined) this.fail("something after its end");
    return value;
  }

  private value(): JsonNode {
    if (++this.depth > DEEPEST) this.fail(`more than ${String(DEEPEST)} levels inside each other`);
    const first = this.peek();
    const start = this.at;
    const node = first === "{" ? this.object() : first === "[" ? this.array() : this.scalar();
    this.depth--;
    return { ...node, start, end: this.at } as JsonNode;
  }

  private object(): { kind: "object"; members: JsonMember[] } {
    const members: JsonMember[] = [];
    this.list("}", () => {
      if (this.peek() !== '"') this.fail("a member without a name");
      const name = this.value() as JsonMember["name"];
      this.expect(":");
      members.push({ name, value: this.value() });
    });
    return { kind: "object", members };
  }

  private array(): { kind: "array"; items: JsonNode[] } {
    const items: JsonNode[] = [];
    this.list("]", () => items.push(this.value()));
    return { kind: "array", items };
  }

  private list(close: string, read: () => void): void {
    this.at++;
    if (this.peek() !== close) {
      read();
      while (this.peek() === ",") {
        this.at++;
        read();
      }
    }
    this.expect(close);
  }

  private scalar(): Record<string, unknown> {
    if (this.peek() === '"') return { kind: "string", value: this.string() };
    const text = this.match(NUMBER);
    if (text !== undefined) return { kind: "number", text };
    const word = this.match(WORD);
    if (word === undefined) this.fail("something else where a value should be");
    return word === "null" ? { kind: "null" } : { kind: "bool", value: word === "true" };
  }

  private string(): string {
    const start = this.at++;
    while (this.match(PLAIN) ?? this.match(ESCAPED));
    this.expect('"');
    const value = JSON.parse(this.source.text.slice(start, this.at)) as string;
    // Go makes another character of it.
    if (/\p{Surrogate}/u.test(value)) this.fail("half of a character");
    return value;
  }

  private peek(): string | undefined {
    this.match(SPACE);
    return this.source.text[this.at];
  }

  private expect(sign: string): void {
    // White space is part of a text.
    if (sign !== '"') this.match(SPACE);
    if (this.source.text[this.at] !== sign) this.fail(`no ${sign} where one should be`);
    this.at++;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private fail(message: string): never {
    throw new HclError(message, this.source, this.at);
  }
}
