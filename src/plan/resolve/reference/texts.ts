import { marshal } from "../json-values";
import { parseReference } from "./parse";

/** Functions that only choose among the values they are given; any other could make a new value of them. */
const CHOOSING = new Set(
  (
    "alltrue anytrue can coalesce concat contains element flatten keys length lookup " +
    "merge one range tolist tomap toset tostring try values"
  ).split(" "),
);
const CALL = /([A-Za-z0-9_:]+)[\t\n\f\r ]*\(/g;
/** An id that is written out, or an escape, which may spell anything. */
const WRITTEN_ID = /(?:^|[^A-Za-z0-9_.-])(?:lb-|eni-)|\\[uU]/;
const NOTHING = /\bnull\b|""/;
/** `[for each in … : …]` makes `each` and `count` names like any other. */
const RENAMED = /\bfor\s+(?:[^:]*,\s*)?(?:each|count)\b/;
const TAKEN = /^(?:\.\*|\[(?:[^[\]]|\[[^[\]]*\])*\])(?:\.([A-Za-z_][A-Za-z0-9_-]*)|\["([^"\\]*)"\])/;

/** The texts inside a value: none, one, or those of an object or a list, in the order of their names. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, part]) => textsIn(part));
}

export function hasTemplate(value: unknown): boolean {
  const json = typeof value === "string" ? value : marshal(value);
  return json.includes("${") || json.includes("%{");
}

export function squeeze(text: string): string {
  return text.replaceAll(" ", "");
}

/** `${reference}` and nothing else. */
export function isReference(text: string, reference: string): boolean {
  return squeeze(text) === `\${${squeeze(reference)}}`;
}

/** `${reference[by].name}` and nothing else. */
export function isIndexed(text: string, reference: string, by: string): boolean {
  const squeezed = squeeze(text);
  const start = `\${${squeeze(reference)}[${by}]`;
  return squeezed.startsWith(start) && /^(?:\.[A-Za-z_][A-Za-z0-9_-]*)*\}$/.test(squeezed.slice(start.length));
}

/** True when a text may make a value that none of its references has. */
export function makesOne(text: string, heads: readonly string[]): boolean {
  if (hasTemplate(text) && !isWholeTemplate(text)) return true;
  for (const [, name] of text.matchAll(CALL)) if (!CHOOSING.has(name!)) return true;
  // Inside a reference they are only keys.
  if (WRITTEN_ID.test(text) && heads.every((head) => !isReference(text, head))) return true;
  return NOTHING.test(text) && dependsOnUnknown(text, heads);
}

/** The condition that decides whether there is a value is not known yet. */
function dependsOnUnknown(text: string, heads: readonly string[]): boolean {
  const conditions = conditionsIn(text).map(squeeze);
  return heads.some((head) => {
    const { kind } = parseReference(head);
    if (kind !== "module" && kind !== "resource") return false;
    return conditions.some((condition) => condition.includes(squeeze(head)));
  });
}

/** The condition before each `?`, from the `:` before it on. */
function conditionsIn(text: string): readonly string[] {
  return text
    .split("?")
    .slice(0, -1)
    .map((branch) => branch.split(":").at(-1)!);
}

/** `${ one expression }` and nothing around it. `$${` and `%%{` are how a template writes the text `${` and `%{`. */
function isWholeTemplate(text: string): boolean {
  if (!text.startsWith("${") || !text.endsWith("}")) return false;
  const unescaped = text.replaceAll("$${", "").replaceAll("%%{", "");
  return unescaped.split("${").length === 2 && !unescaped.includes("%{");
}

/** What each use of a reference takes: `.id` of `reference[…].id` and of `reference.*.id`; undefined where it does not show. */
export function usesOf(texts: readonly string[], reference: string): readonly (string | undefined)[] {
  return texts.flatMap((text) =>
    squeeze(text)
      .split(reference)
      .slice(1)
      .map((use) => {
        const match = TAKEN.exec(use);
        return match === null ? undefined : `.${match[1] ?? match[2] ?? ""}`;
      }),
  );
}

/** Every use of the reference, and there is one, is indexed by `by`. */
export function indexesAll(text: string, reference: string, by: string): boolean {
  if (RENAMED.test(text)) return false;
  const uses = squeeze(text).split(reference).length;
  return uses > 1 && uses === squeeze(text).split(`${reference}[${by}]`).length;
}
