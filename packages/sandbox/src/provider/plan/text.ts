import type { Kind } from "../schema/model";
import type { Value } from "../values/value";
import { UNKNOWN } from "../values/value";

/**
 * The plugin SDK's placeholder for a value that is not known yet. Suppression rules compare with it (it is never
 * equal to a real value), so it has to be text that no configuration contains.
 */
export const UNKNOWN_TEXT = "74D93920-ED26-11E3-AC10-0800200C9A66";

/** The text by which the plugin SDK compares leaves: absent is "", booleans are "1" and "0". */
export function leafText(value: Value): string {
  if (value === null) return "";
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}

/** The value of a text that was made by `leafText`, or null when it represents none. */
export function leafValue(kind: Kind, text: string): Value {
  if (kind === "string") return text;
  if (text === "") return null;
  if (kind === "bool") return text === "1" || text === "true";
  const number = Number(text);
  return Number.isNaN(number) ? null : number;
}

/** The value the SDK takes for "not set". */
export function zeroOf(kind: Kind): Value {
  if (kind === "string") return "";
  if (kind === "bool") return false;
  if (kind === "int" || kind === "float") return 0;
  return kind === "map" ? {} : [];
}

/** Whether the SDK reads the value as "not set". */
export function isZero(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
