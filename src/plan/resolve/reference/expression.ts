import { isRecord } from "../../../core/is-record";
import { member } from "../json-values";
import { headsOf, isWhole, parseReference } from "./parse";
import { partAt } from "./path";
import { hasTemplate, indexesAll, isIndexed, isReference, makesOne, textsIn, usesOf } from "./texts";

/** What an expression of the configuration shows. */
export type Expression =
  | { readonly kind: "absent" }
  | { readonly kind: "opaque" }
  | { readonly kind: "known"; readonly value: unknown }
  | Listed;

/** An expression of which the plan lists what it refers to. */
export interface Listed {
  readonly kind: "references";
  /** What it refers to, in the longest form. */
  readonly heads: readonly string[];
  /** The texts it shows: none for HCL, whose text plans do not hold; configuration written as JSON has it in `constant_value`. */
  readonly texts: readonly string[];
  /** An object or a list with references inside. */
  readonly composite: boolean;
  /** It may make a value that none of its references has. */
  readonly makesValue: boolean;
  /** What it refers to depends on the key of the instance it stands in. */
  readonly usesKey: boolean;
}

const read = new WeakMap<object, Expression>();

export function readExpression(expression: unknown): Expression {
  if (expression === undefined || expression === null) return { kind: "absent" };
  if (!isRecord(expression)) return { kind: "opaque" };
  let found = read.get(expression);
  if (found === undefined) read.set(expression, (found = reading(expression)));
  return found;
}

function reading(expression: object): Expression {
  const references = member(expression, "references");
  const value = member(expression, "constant_value");
  const texts = textsIn(value);
  if (Array.isArray(references) && references.length > 0 && references.every((one) => typeof one === "string")) {
    const heads = headsOf(references);
    return {
      kind: "references",
      heads,
      texts,
      composite: typeof value === "object" && value !== null,
      makesValue: texts.some((text) => makesOne(text, heads)),
      usesKey: [...heads, ...texts].some((text) => text === "" || /\b(?:each|count)\b/.test(text)),
    };
  }
  // A value together with references that cannot be read, or one with a template in it, is a text and not a value.
  if (references !== undefined || value === undefined) return { kind: "opaque" };
  if (!hasTemplate(value)) return { kind: "known", value };
  // A text that refers to nothing is known before apply, though not shown.
  return texts.some((text) => makesOne(text, [])) ? { kind: "opaque" } : { kind: "known", value: { text: value } };
}

const parts = new WeakMap<object, Map<string, object | undefined>>();

/** The part at a path of an object or a list that is written out, where it is a value, or one reference and nothing else. */
export function partOf(expression: object, path: string): object | undefined {
  if (path === "") return undefined;
  let known = parts.get(expression);
  if (known === undefined) parts.set(expression, (known = new Map()));
  if (!known.has(path)) known.set(path, cutOut(expression, path));
  return known.get(path);
}

function cutOut(expression: object, path: string): object | undefined {
  const value = partAt(member(expression, "constant_value"), path);
  if (value === undefined) return undefined;
  if (!hasTemplate(value)) return { constant_value: value };
  if (typeof value !== "string") return undefined;
  const found = new Map<string, object>();
  for (const reference of new Set(member(expression, "references") as string[])) {
    const listed = isReference(value, reference)
      ? [[reference]]
      : ["each.key", "count.index"].filter((by) => isIndexed(value, reference, by)).map((by) => [reference, by]);
    for (const references of listed) found.set(references.join(" "), { constant_value: value, references });
  }
  // Terraform never lists two that fit; then all references count.
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** The expression is the one reference and nothing else, as far as the plan can show. */
export function isDirect({ heads, texts, composite }: Listed, reference: string): boolean {
  return (
    !composite && heads.length === 1 && heads[0] === reference && texts.every((text) => isReference(text, reference))
  );
}

/** Names of what the texts take from `reference[…]` and `reference.*`. */
export function takenBehind({ texts }: Listed, reference: string): readonly string[] {
  if (texts.length === 0) return [];
  return [...new Set(usesOf(texts, reference).filter((use) => use !== undefined))].sort();
}

/** Every use in the texts, and there is one, shows what it takes. */
export function showsAll({ texts }: Listed, reference: string): boolean {
  const uses = usesOf(texts, reference);
  return uses.length > 0 && uses.every((use) => use !== undefined);
}

/** Every use of the reference is indexed by `by` (`each.key`, `count.index`); without a text, `by` is all there is with it. */
export function isIndexedBy({ heads, texts, composite }: Listed, reference: string, by: string): boolean {
  if (!heads.includes(by)) return false;
  if (texts.length === 0)
    return isWhole(parseReference(reference)) && heads.every((head) => head === reference || head === by);
  return !composite && texts.every((text) => indexesAll(text, reference, by));
}

/** The key that an expression only uses to index its other references is not where its value comes from. */
export function isOnlyIndex(expression: Listed, head: string): boolean {
  return (
    (head === "each.key" || head === "count.index") &&
    expression.heads.some((other) => isIndexedBy(expression, other, head))
  );
}
