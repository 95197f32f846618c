import type { Json } from "./json";

/** Common placeholders for a secret. */
const REDACTED = /^[(<[]?\s*(redacted|sensitive|sensitive value|removed|masked|\*{3,}|x{3,})\s*[)>\]]?$/i;

/**
 * The value with every redacted part taken out: null in an object, absent from a list. A text in place of a number
 * or a list could not be read as a state.
 */
export function withoutRedacted(value: Json): Json {
  if (typeof value === "string") return REDACTED.test(value) ? null : value;
  if (Array.isArray(value)) {
    return (value as readonly Json[])
      .filter((one) => typeof one !== "string" || !REDACTED.test(one))
      .map(withoutRedacted);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutRedacted(one)]));
}
