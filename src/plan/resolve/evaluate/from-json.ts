import { list, map, NULL, number, text, bool, type Value, unknown } from "./value";
import type { List } from "./value";

/**
 * A value of the plan's JSON.
 * @param after_unknown which parts are known only after apply
 * @param nothing what null is. @default null
 * @param form what an array is: a variable's raw array is a list; of a resource it may as well be a set
 */
export function fromJson(
  value: unknown,
  after_unknown: unknown,
  form: List["form"],
  why: string,
  nothing: Value = NULL,
): Value {
  if (after_unknown === true) return unknown(why);
  if (value === null || value === undefined)
    return after_unknown === undefined || after_unknown === false || isEmpty(after_unknown) ? nothing : unknown(why);
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean") return bool(value);
  // Larger numbers and fractions have lost digits when the JSON was parsed, and no whole number of ours is -0.
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? number(BigInt(value))
      : unknown("is a number with more digits than are known", undefined, { type: "number" });
  if (Array.isArray(value)) {
    const holes: readonly unknown[] = Array.isArray(after_unknown) ? (after_unknown as unknown[]) : [];
    return list(
      value.map((item: unknown, i) => fromJson(item, holes[i], form, why, nothing)),
      form,
    );
  }
  const holes =
    typeof after_unknown === "object" && after_unknown !== null ? (after_unknown as Record<string, unknown>) : {};
  const names = new Set([...Object.keys(value), ...Object.keys(holes)]);
  return map(
    [...names].map(
      (name) => [name, fromJson((value as Record<string, unknown>)[name], holes[name], form, why, nothing)] as const,
    ),
  );
}

/** True for a marker by which nothing is unknown. */
export function isEmpty(marker: unknown): boolean {
  if (typeof marker !== "object" || marker === null) return marker !== true;
  return Object.values(marker).every(isEmpty);
}
