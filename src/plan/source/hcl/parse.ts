import type { Body, Expression, SourceText } from "./ast";
import { BodyReader } from "./body";
import { Cursor } from "./cursor";
import { expression, wholeExpression } from "./expression";
import { scan } from "./scanner";
import { template } from "./template";

/**
 * The attributes and blocks of a file in native syntax. Expressions are parsed when they are first used.
 * @throws HclError
 */
export function parseBody(source: SourceText): Body {
  return new BodyReader(source, scan(source, "main")).body("end of text");
}

/**
 * One expression, and nothing else, as if there were brackets around it.
 * @param start where it begins and @param end where it ends: indexes into the text
 * @throws HclError
 */
export function parseExpression(source: SourceText, start?: number, end?: number): Expression {
  return wholeExpression(source, scan(source, "main", start, end), false);
}

/**
 * A string of JSON configuration: a template without quotes around it, where a backslash is itself.
 * @throws HclError
 */
export function parseTemplate(source: SourceText): Expression {
  const cursor = new Cursor(source, scan(source, "template"), true);
  return template(cursor, 0, "end of text", expression);
}
