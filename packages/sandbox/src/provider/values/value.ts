/**
 * Values of terraform's type system as plain data. Lists and sets are arrays, maps and objects are records, numbers
 * are numbers (or text, when a double cannot hold them).
 */

/** A value that will only be known after apply. */
export const UNKNOWN = Symbol("known after apply");

export type Value =
  null | string | number | boolean | typeof UNKNOWN | readonly Value[] | { readonly [key: string]: Value };
export type ObjectValue = { readonly [key: string]: Value };

/** A type as terraform writes it in JSON: `"string"`, `["map","string"]`, `["object",{"a":"number"}]`. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["object", Readonly<Record<string, CtyType>>]
  | readonly ["tuple", readonly CtyType[]];

export const isArray = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is ObjectValue =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether nothing inside is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isArray(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

/** Text that is equal for equal values, in any order of keys. */
export function canonical(value: Value): string {
  if (value === UNKNOWN) return "?";
  if (isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isObject(value)) {
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}
