import type { CtyType, ObjectValue, Value } from "./value";
import { isArray, isObject, UNKNOWN } from "./value";

/**
 * A value as the type asks, from looser data (saved state of an older version, an API answer): fields that the type
 * does not have are dropped, missing ones are null, leaves are converted where they can be.
 */
export function conform(type: CtyType, value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (value === UNKNOWN) return UNKNOWN;
  if (type === "dynamic") return value as Value;
  if (type === "string") return typeof value === "object" ? JSON.stringify(value) : String(value);
  if (type === "bool")
    return typeof value === "boolean"
      ? value
      : value === "true" || value === "1"
        ? true
        : value === "false" || value === "0"
          ? false
          : null;
  if (type === "number") return toNumber(value);
  if (type[0] === "object") {
    if (!isObject(value as Value)) return null;
    const fields = value as ObjectValue;
    return Object.fromEntries(Object.entries(type[1]).map(([name, field]) => [name, conform(field, fields[name])]));
  }
  if (type[0] === "map") {
    if (!isObject(value as Value)) return null;
    return Object.fromEntries(Object.entries(value as ObjectValue).map(([key, one]) => [key, conform(type[1], one)]));
  }
  if (!isArray(value as Value)) return null;
  if (type[0] === "tuple") return (value as unknown[]).map((one, at) => conform(type[1][at] ?? "dynamic", one));
  return (value as unknown[]).map((one) => conform(type[1], one));
}

function toNumber(value: unknown): Value {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** Every field null, and blocks empty: how an object looks before anything is known of it. */
export function emptyObject(type: CtyType): ObjectValue {
  if (typeof type === "string" || type[0] !== "object") return {};
  return Object.fromEntries(Object.keys(type[1]).map((name) => [name, null]));
}

/** The value with everything unknown taken out: an unknown leaf is null, a collection holding one is null. */
export function withoutUnknown(value: Value): Value {
  if (value === UNKNOWN) return null;
  if (isArray(value)) return value.map(withoutUnknown);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutUnknown(one)]));
  return value;
}
