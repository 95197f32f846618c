import type { Value } from "../values/value";

/**
 * A check of one attribute's value; answers what is wrong, worded as the real provider words it, or undefined.
 * Lists and sets of leaves are checked element by element under the path `name[]`.
 */
export type Check = (value: Value, name: string) => string | undefined;

/** One of the given texts (or numbers), case-sensitive. */
export const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value, name) =>
    allowed.includes(value as string | number)
      ? undefined
      : `expected ${name} to be one of [${allowed.join(" ")}], got ${String(value)}`;

/** One of the given texts, whatever their case. */
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

export const matches =
  (pattern: RegExp, message: string): Check =>
  (value, name) =>
    pattern.test(String(value))
      ? undefined
      : message === ""
        ? `invalid value for ${name} (must match ${pattern.source})`
        : `invalid value for ${name} (${message})`;

/** Passes when one of the checks does; reports the last one's complaint. */
export const anyOf =
  (...checks: readonly Check[]): Check =>
  (value, name) => {
    let complaint: string | undefined;
    for (const check of checks) {
      complaint = check(value, name);
      if (complaint === undefined) return undefined;
    }
    return complaint;
  };

/** Passes when all of the checks do. */
export const allOf =
  (...checks: readonly Check[]): Check =>
  (value, name) =>
    checks.map((check) => check(value, name)).find((complaint) => complaint !== undefined);
