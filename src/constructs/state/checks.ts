import { isUnknown } from "../checks";
import type { ConstructError } from "../errors";
import { misuse } from "../errors";

/** The pattern of a text, and its description. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly says: string;
}

export const BUCKET: TextRule = {
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  says: "a bucket's name: 3 to 63 lower-case letters, digits, `-` and `.`",
};
export const REGION: TextRule = { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, says: "a region id such as ap-southeast-1" };
/** Parts of an object's name; `..` and empty parts lead elsewhere, or nowhere. */
export const KEY: TextRule = {
  pattern: /^(?!.*(^|\/)\.{1,2}(\/|$))[\w.:@=+-]+(\/[\w.:@=+-]+)*$/,
  says: "a path of letters, digits and `_.:@=+-`, without `/` at its start or end",
};
export const NAME: TextRule = { pattern: /^[\w-]{1,90}$/, says: "1 to 90 letters, digits, `_` and `-`" };
export const METHOD: TextRule = { pattern: /^[A-Z]+$/, says: "an HTTP method in capitals" };

/**
 * Refuses options that a helper does not know: JavaScript does not check them, and most of them are credentials, which
 * would end up in the synthesised JSON.
 * @param environment where credentials come from instead
 * @throws ConstructError `StateOptionUnknown`
 */
export function checkKnown(at: string, given: object, known: readonly string[], environment: string): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw misuse({
    code: "StateOptionUnknown",
    what: `every option of ${at}`,
    rule: `one of ${known.join(", ")}`,
    got: unknown,
    at,
    fix: `remove it. Credentials come from the environment: ${environment}.`,
  });
}

/** @throws ConstructError `StateOptionInvalid` */
export function checkText(at: string, what: string, value: string | undefined, { pattern, says }: TextRule): void {
  if (value === undefined) return;
  const literal = typeof value === "string" && !isUnknown(value);
  if (literal && pattern.test(value)) return;
  throw misuse({
    code: "StateOptionInvalid",
    what,
    rule: literal ? says : `${says}, written out`,
    got: literal ? value : "a reference",
    at,
    fix: literal ? "change it." : "give the text itself: terraform reads the backend before anything else.",
  });
}

/**
 * Checks an address and removes a `/` at its end. States contain secrets, so http is allowed for this machine only; and
 * the address is written into files, so it must not contain credentials.
 * @throws ConstructError `StateOptionInvalid`
 */
export function checkUrl(at: string, what: string, value: string): string {
  const url = typeof value === "string" && !isUnknown(value) && URL.canParse(value) ? new URL(value) : undefined;
  const rule = "an https address (http on this machine only)";
  if (url === undefined) throw invalidUrl(at, what, rule, "no address", "write it as https://HOST/PATH.");
  const { origin, pathname } = url;
  if (url.username !== "" || url.password !== "") {
    throw invalidUrl(at, what, "without a user or password", origin, "give them through the environment.");
  }
  if (url.search !== "" || url.hash !== "") {
    throw invalidUrl(at, what, "without `?` and `#`", origin + pathname, "remove what follows the path.");
  }
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere)) {
    throw invalidUrl(at, what, rule, origin + pathname, "use https: a state holds secrets.");
  }
  return (pathname === "/" ? origin : origin + pathname).replace(/\/+$/, "");
}

function invalidUrl(at: string, what: string, rule: string, got: string, fix: string): ConstructError {
  return misuse({ code: "StateOptionInvalid", what, rule, got, at, fix });
}
