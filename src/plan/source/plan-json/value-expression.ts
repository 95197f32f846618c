import type { Attribute, Expression, Place } from "../hcl";
import { HclError, lazyAttribute, parseTemplate } from "../hcl";
import { DEEPEST } from "../hcl/limits";

/**
 * The expression that a value in a plan's JSON is, with texts as templates.
 * @throws HclError
 */
export function expressionOfValue(value: unknown, depth = 0): Expression {
  const text = typeof value === "string" ? value : String(JSON.stringify(value));
  const at: Place = { source: { file: "", text }, start: 0, end: text.length };
  if (depth > DEEPEST) throw new HclError(`more than ${String(DEEPEST)} levels inside each other`, at.source, 0);
  switch (typeof value) {
    case "string":
      return parseTemplate(at.source);
    case "boolean":
      return { kind: "bool", value, at };
    case "number":
      return value < 0
        ? { kind: "unary", operator: "-", of: { kind: "number", text: String(-value), at }, at }
        : { kind: "number", text: String(value), at };
    case "object": {
      if (value === null) return { kind: "null", at };
      if (Array.isArray(value))
        return { kind: "tuple", items: value.map((item) => expressionOfValue(item, depth + 1)), at };
      const entries = Object.entries(value).map(([key, inner]) => ({
        key: expressionOfValue(key, depth + 1),
        value: expressionOfValue(inner, depth + 1),
      }));
      return { kind: "object", entries, at };
    }
    default:
      throw new HclError("something that is no JSON", at.source, 0);
  }
}

/** A literal value, such as the default of a variable. */
export function constantOf(value: unknown): Attribute {
  const text = typeof value === "string" ? value : String(JSON.stringify(value));
  return lazyAttribute({ source: { file: "", text }, start: 0, end: text.length }, () =>
    expressionOfValue(escaped(value)),
  );
}

/** With what would be a template in a text escaped, so that it is read as itself. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])(?=\1*\{)/g, "$1$1");
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [escaped(key) as string, escaped(inner)]));
}
