import { isDay } from "../../core/day";
import { defined } from "../../core/defined";
import { AnycastError, showValue } from "../../core/errors";

/** Fields in front of a public key, each in a line of its own, with or without `#` before it. */
export interface KeyFields {
  readonly name?: string;
  /** YYYY-MM-DD. */
  readonly expires?: string;
}

const FIELD = /^#?\s*(name|expires):(.*)$/;
/** A line that is meant as an expiry, even if misspelt: overlooked, it would leave the key without an end. */
const LIKE_EXPIRY = /^#\s*expir/i;

/**
 * The fields in front of a key.
 * @param head text between the key and the one before it
 * @throws AnycastError `KeyInvalid`
 */
export function keyFieldsIn(head: string, at: string): KeyFields {
  const fields: { name?: string; expires?: string } = {};
  for (const line of linesOf(head)) {
    const [, field, text = ""] = FIELD.exec(line) ?? [];
    if (field !== "name" && field !== "expires") {
      if (!line.startsWith("#") || LIKE_EXPIRY.test(line)) throw unknownLine(line, at);
      continue;
    }
    if (fields[field] !== undefined) {
      throw new AnycastError("KeyInvalid", `A key has two lines \`${field}:\` (at ${at}). Fix: keep one of them.`);
    }
    fields[field] = text.trim();
  }
  if (fields.expires !== undefined && !isDay(fields.expires)) {
    throw new AnycastError(
      "KeyInvalid",
      `Expected the expiry of a key to be a day like 2027-01-31, got ${showValue(fields.expires)} (at ${at}). Fix: correct it.`,
    );
  }
  const { name, expires } = fields;
  return defined({ name: name || undefined, expires });
}

/**
 * Refuses fields after the last key: they belong in front of a key.
 * @throws AnycastError `KeyInvalid`
 */
export function refuseFieldsBehind(tail: string, at: string): void {
  const line = linesOf(tail).find((one) => !one.startsWith("#") || FIELD.test(one) || LIKE_EXPIRY.test(one));
  if (line === undefined) return;
  throw new AnycastError(
    "KeyInvalid",
    `Expected nothing behind the last key, got ${shown(line)} (at ${at}). Fix: write name and expiry in front of their key.`,
  );
}

/** The name of the field that a line sets, or that it is a comment. Anything else may be a part of a private key and is not shown. */
function shown(line: string): string {
  const isField = /^#?\s*[\w-]{1,20}(\s*[:=]\s*[^=\s]|\s+\S)/.test(line);
  return line.startsWith("#") || isField ? showValue(line) : `${String(line.length)} other characters`;
}

const linesOf = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, "")
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

function unknownLine(line: string, at: string): AnycastError {
  return new AnycastError(
    "KeyInvalid",
    `Expected the lines in front of a key to be \`name: …\`, \`expires: YYYY-MM-DD\` or a comment behind \`#\`, got ${shown(line)} (at ${at}). Fix: correct it.`,
  );
}
