import type { Expression } from "./ast";
import type { Cursor } from "./cursor";
import { DirectiveReader, textOf } from "./directives";
import { flushed } from "./flush-heredoc";
import { joined, partsUpTo } from "./template-parts";
import type { TokenType } from "./token";

type Parse = (cursor: Cursor) => Expression;

/** A text in quotes, or a heredoc. */
export function quotedTemplate(cursor: Cursor, parse: Parse): Expression {
  const open = cursor.read();
  if (open.type === "open quote") return template(cursor, open.start, "close quote", parse);
  return template(cursor, open.start, "close heredoc", parse, cursor.textOf(open).startsWith("<<-"));
}

/**
 * A template up to the token that ends it.
 * @param isFlush whether it is a heredoc by `<<-`
 * @throws HclError
 */
export function template(cursor: Cursor, start: number, close: TokenType, parse: Parse, isFlush = false): Expression {
  const read = partsUpTo(cursor, close, parse);
  const parts = joined(isFlush ? flushed(cursor, read) : read);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only?.kind === "value") return cursor.node(start, { kind: "wrap", of: only.of }, [only.of]);
  return textOf(cursor, start, new DirectiveReader(cursor, parts).whole());
}
