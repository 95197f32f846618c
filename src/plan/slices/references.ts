import { asObject } from "../json";

/** What a reference names, as policies/lib/expressions.rego parses it. `.` in Rego is every character but a new line. */
export type Reference =
  | { readonly kind: "variable"; readonly name: string }
  | {
      readonly kind: "module";
      readonly name: string;
      readonly key: string;
      readonly output: string;
      readonly rest: string;
    }
  | {
      readonly kind: "resource";
      readonly type: string;
      readonly name: string;
      readonly key: string;
      readonly rest: string;
    }
  | { readonly kind: "value" }
  /** Leads to nothing in the plan. */
  | { readonly kind: "nowhere" }
  | { readonly kind: "unknown" };

const DOT = 0x2e;
const UNDERSCORE = 0x5f;
const KEY = String.raw`\[(?:[0-9]+|"(?:[^"\\]|\\[^\n])*")\]`;
const VARIABLE = /^var\.([^.[]+)/;
const MODULE = new RegExp(String.raw`^module\.([^.\[]+)(${KEY})?(?:\.([^.\[]+)([^\n]*))?$`);
const RESOURCE = new RegExp(String.raw`^([a-z][a-z0-9_]*)\.([^.\[]+)(${KEY})?([^\n]*)$`);
const NOWHERE = /^(?:each\.key|count\.index|(?:path|terraform)\.[a-z_]+|(?:local|data)\.[^\n]*)$/;

/** References parsed lately: what is followed is written soon after, and many blocks refer to the same. */
const SLOTS = 256;
const lately: (Reference | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
const texts: string[] = new Array<string>(SLOTS).fill("");

export function parseReference(reference: string): Reference {
  const { length } = reference;
  const slot = (length * 31 + reference.charCodeAt(length - 4) * 7 + reference.charCodeAt(length >> 1)) & (SLOTS - 1);
  const known = lately[slot];
  if (known !== undefined && texts[slot] === reference) return known;
  const parsed = parsePlain(reference) ?? parseAny(reference);
  texts[slot] = reference;
  return (lately[slot] = parsed);
}

/** Nearly all references are `type.name` and attributes; of what begins in another way no type's name has a `_`. */
function parsePlain(reference: string): Reference | undefined {
  let hasUnderscore = false;
  let at = 0;
  for (; at < reference.length; at++) {
    const c = reference.charCodeAt(at);
    if (c === DOT) break;
    if (c === UNDERSCORE && at > 0) hasUnderscore = true;
    else if (!isLower(c) && !(c >= 0x30 && c <= 0x39 && at > 0)) return undefined;
  }
  if (!hasUnderscore || reference.includes("[", at) || reference.includes("\n", at)) return undefined;
  const end = reference.indexOf(".", at + 1);
  const name = reference.slice(at + 1, end < 0 ? undefined : end);
  if (name === "") return undefined;
  return { kind: "resource", type: reference.slice(0, at), name, key: "", rest: end < 0 ? "" : reference.slice(end) };
}

function isLower(c: number): boolean {
  return c >= 0x61 && c <= 0x7a;
}

function parseAny(reference: string): Reference {
  if (reference.startsWith("var.")) {
    const match = VARIABLE.exec(reference);
    return match === null ? { kind: "unknown" } : { kind: "variable", name: match[1]! };
  }
  if (reference.startsWith("module.")) {
    const match = MODULE.exec(reference);
    if (match === null) return { kind: "unknown" };
    return { kind: "module", name: match[1]!, key: match[2] ?? "", output: match[3] ?? "", rest: match[4] ?? "" };
  }
  if (reference.startsWith("each.value")) return { kind: "value" };
  if (NOWHERE.test(reference)) return { kind: "nowhere" };
  const match = RESOURCE.exec(reference);
  if (match === null) return { kind: "unknown" };
  return { kind: "resource", type: match[1]!, name: match[2]!, key: match[3] ?? "", rest: match[4]! };
}

/** The references of an expression; empty when it has none that the policies would follow. */
export function referencesOf(expression: unknown): readonly string[] {
  const references = asObject(expression)?.references;
  if (!Array.isArray(references) || !references.every((one) => typeof one === "string")) return [];
  return references as string[];
}

/** Without the shorter forms that Terraform lists after each reference. A module's bare name counts by itself. */
export function headsOf(references: readonly string[]): readonly string[] {
  return references.filter((reference, i) => {
    const longer = references[i - 1];
    if (longer === undefined || !longer.startsWith(reference)) return true;
    const next = longer[reference.length];
    return !(next === "." || (next === "[" && !/^module\.[^.[]+$/.test(reference)));
  });
}

/** True when every use of `reference` is surely indexed by `by`; as strict as policies/lib/expressions.rego at least. */
export function isIndexedBy(expression: unknown, heads: readonly string[], reference: string, by: string): boolean {
  if (by === "" || !heads.includes(by)) return false;
  const text = asObject(expression)?.constant_value;
  if (text === undefined) return heads.every((head) => head === reference || head === by);
  if (typeof text !== "string" || /\bfor\b/.test(text)) return false;
  const squeezed = text.replaceAll(" ", "");
  const uses = squeezed.split(reference).length;
  return uses > 1 && uses === squeezed.split(`${reference}[${by}]`).length;
}
