import { patternOf } from "../values/pattern";
import type { Value } from "../values/value";

/**
 * A check of one attribute's value; answers what is wrong, worded as the real provider words it, or undefined.
 * Lists and sets of leaves are checked element by element under the path `name[]`.
 */
export type Check = (value: Value, name: string) => string | readonly string[] | undefined;

/** What a check found, as a list. */
export const complaintsOf = (found: string | readonly string[] | undefined): readonly string[] =>
  found === undefined ? [] : typeof found === "string" ? [found] : found;

/** One of the given texts (or numbers), case-sensitive. */
export const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value, name) =>
    allowed.includes(value as string | number)
      ? undefined
      : `expected ${name} to be one of [${allowed.join(" ")}], got ${String(value)}`;

/** One of the given texts, in any case. */
export const oneOfAnyCase =
  (...allowed: readonly string[]): Check =>
  (value, name) =>
    allowed.some((one) => one.toLowerCase() === String(value).toLowerCase())
      ? undefined
      : `expected ${name} to be one of [${allowed.join(" ")}], got ${String(value)}`;

/** A whole number between both ends, which belong to it. */
export const between =
  (from: number, to: number): Check =>
  (value, name) =>
    Number(value) >= from && Number(value) <= to
      ? undefined
      : `expected ${name} to be in the range (${from} - ${to}), got ${String(value)}`;

/** A text with that many characters (bytes, as the real provider counts). */
export const lengthBetween =
  (from: number, to: number): Check =>
  (value, name) => {
    const length = Buffer.byteLength(String(value));
    return length >= from && length <= to
      ? undefined
      : `expected length of ${name} to be in the range (${from} - ${to}), got ${String(value)}`;
  };

/** A regular expression. */
export const regularExpression: Check = (value, name) => {
  try {
    patternOf(String(value));
    return undefined;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return `"${name}": error parsing regexp: ${reason.replace(/^Invalid regular expression: /, "")}`;
  }
};

export const matches =
  (pattern: RegExp, message: string): Check =>
  (value, name) =>
    pattern.test(String(value))
      ? undefined
      : message === ""
        ? `invalid value for ${name} (must match ${pattern.source})`
        : `invalid value for ${name} (${message})`;

/** Passes when one of the checks does; reports what each of them complains of. */
export const anyOf =
  (...checks: readonly Check[]): Check =>
  (value, name) => {
    const found = checks.map((check) => complaintsOf(check(value, name)));
    return found.some((complaints) => complaints.length === 0) ? undefined : found.flat();
  };
