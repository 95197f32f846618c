import type { JsonObject } from "../../json";
import { asList, asObject } from "../../json";
import type { Attribute, Expression, Place } from "../hcl";
import { lazyAttribute } from "../hcl";
import { expressionOfValue } from "./value-expression";

/** The JSON of a plan has no source positions. */
const NOWHERE: Place = { source: { file: "", text: "" }, start: 0, end: 0 };

/** Something of the configuration that the JSON of a plan does not show. */
export function hidden(references?: readonly string[]): Attribute {
  const node: Expression = { kind: "unsupported", why: "hidden", at: NOWHERE, ...(references && { references }) };
  return { at: NOWHERE, expression: () => node };
}

/**
 * An expression as the JSON of a plan shows it. Of native syntax it shows the value where nothing is referred to, else only what is
 * referred to. Of JSON syntax it shows the texts, with what they refer to.
 */
export function shownExpression(shown: JsonObject): Attribute {
  const references = asList(shown.references).filter((one) => typeof one === "string");
  if (!Object.hasOwn(shown, "constant_value")) return hidden(references);
  const value = shown.constant_value;
  const hasTemplates = holdsTemplate(value);
  // `true ? "a" : var.b` of native syntax shows a value and a reference; that is no text of JSON syntax.
  if (references.length > 0 && !hasTemplates) return hidden(references);
  // "$${a}" of native syntax is shown as "${a}" of JSON syntax without a reference would be.
  if (references.length === 0 && hasTemplates) return hidden([]);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return lazyAttribute({ source: { file: "", text }, start: 0, end: text.length }, () => expressionOfValue(value));
}

function holdsTemplate(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${") || value.includes("%{");
  if (Array.isArray(value)) return value.some(holdsTemplate);
  const object = asObject(value);
  return (
    object !== undefined && Object.entries(object).some(([key, inner]) => holdsTemplate(key) || holdsTemplate(inner))
  );
}
