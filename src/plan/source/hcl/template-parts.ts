import type { Expression, Place } from "./ast";
import { forIntro, type ForIntro } from "./collections";
import type { Cursor } from "./cursor";
import { unescaped } from "./string-literal";
import type { TokenType } from "./token";
import { trimEnd, trimStart } from "./white-space";

type Parse = (cursor: Cursor) => Expression;

/** A piece of a template, before directives are put together. */
export type Part = TextPart | { readonly kind: "value"; readonly of: Expression } | Directive;

export interface TextPart {
  readonly kind: "text";
  readonly value: string;
  readonly at: Place;
}

export type Directive =
  | { readonly kind: "if"; readonly condition: Expression; readonly at: Place }
  | { readonly kind: "for"; readonly intro: ForIntro; readonly at: Place }
  | { readonly kind: "else" | "endif" | "endfor"; readonly at: Place };

/** The pieces of a template up to the token that ends it. `~` has taken white space away, from the piece next to it only. */
export function partsUpTo(cursor: Cursor, close: TokenType, parse: Parse): Part[] {
  const parts: Part[] = [];
  let trimNext = false;
  for (;;) {
    const token = cursor.read();
    if (token.type === close) return parts;
    if (token.type === "quoted" || token.type === "literal") {
      const value = unescaped(cursor.source, token);
      parts.push({ kind: "text", value: trimNext ? trimStart(value) : value, at: cursor.place(token.start) });
      trimNext = false;
      continue;
    }
    if (token.type !== "${" && token.type !== "%{") cursor.fail("a text that does not end", token.start);
    if (cursor.textOf(token).endsWith("~")) trimLast(cursor, parts, token.start);
    cursor.withNewlines(false, () => {
      const part = token.type === "${" ? { kind: "value" as const, of: parse(cursor) } : directive(cursor, parse);
      const end = cursor.expect("end", "a template that is not closed");
      trimNext = cursor.textOf(end) === "~}";
      parts.push(part.kind === "value" ? part : { ...part, at: cursor.place(token.start) });
    });
  }
}

/** A `~` removes the white space before it, only of the piece before it. */
function trimLast(cursor: Cursor, parts: Part[], at: number): void {
  const last = parts.at(-1);
  if (last?.kind !== "text") return;
  const value = trimEnd(last.value);
  const before = parts.at(-2);
  // At the end of a line, terraform reads the marker and one character after it as one piece; then less is removed.
  if (value === "" && last.value.endsWith("\n") && before?.kind === "text" && /[$%]$/.test(before.value)) {
    cursor.fail("a `~` after a line that ends with a `$` or `%`", at);
  }
  parts[parts.length - 1] = { ...last, value };
}

function directive(cursor: Cursor, parse: Parse): Directive {
  const token = cursor.expect("identifier", "something else where a directive should be");
  const at = cursor.place(token.start);
  const word = cursor.textOf(token);
  switch (word) {
    case "if":
      return { kind: "if", condition: parse(cursor), at };
    case "for":
      return { kind: "for", intro: forIntro(cursor, parse), at };
    case "else":
    case "endif":
    case "endfor":
      return { kind: word, at };
    default:
      return cursor.fail("a directive that this reader does not know", token.start);
  }
}

/** Puts neighbouring texts together, and normalises them as Terraform does. */
export function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    if (part.kind !== "text") {
      result.push(part);
      continue;
    }
    let { value } = part;
    let last = part;
    for (let next = parts[at + 1]; next?.kind === "text"; next = parts[at + 1]) {
      value += next.value;
      last = next;
      at++;
    }
    result.push({ kind: "text", value: value.normalize("NFC"), at: { ...part.at, end: last.at.end } });
  }
  return result;
}
