import { setOf } from "./collect";
import { list, map, NULL, number, text, bool, union, type Value, unknown } from "./value";

/** How the JSON of a value is read. */
export interface Reading {
  /** Completes "`EXPRESSION` …" for what is known only after apply. */
  readonly why: string;
  /** What null is. @default null */
  readonly nothing?: Value;
  /**
   * True where an array is a list or a tuple for sure; any other may as well be a set.
   * @param path names of attributes with dots between them
   */
  readonly isList: (path: string) => boolean;
}

/**
 * A value of the plan's JSON.
 * @param after_unknown which parts are known only after apply
 */
export function fromJson(value: unknown, after_unknown: unknown, reading: Reading, path = ""): Value {
  const { why, nothing = NULL } = reading;
  if (after_unknown === true) return unknown(why);
  if (value === null || value === undefined) return isEmpty(after_unknown) ? nothing : unknown(why);
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean") return bool(value);
  // Larger numbers and fractions have lost digits when the JSON was parsed, and no whole number of ours is -0.
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? number(BigInt(value))
      : unknown("is a number with more digits than are known", undefined, { type: "number" });
  if (Array.isArray(value)) {
    const holes: readonly unknown[] = Array.isArray(after_unknown) ? (after_unknown as unknown[]) : [];
    const items = value.map((item: unknown, i) => fromJson(item, holes[i], reading, path));
    if (reading.isList(path)) return list(items);
    // The JSON has a set in its order, which changes when unknown parts become known.
    return union([list(items), items.every(isWhole) ? list(items, "set") : setOf(items)]);
  }
  const holes =
    typeof after_unknown === "object" && after_unknown !== null ? (after_unknown as Record<string, unknown>) : {};
  const names = new Set([...Object.keys(value), ...Object.keys(holes)]);
  const inside = (name: string): Value =>
    fromJson((value as Record<string, unknown>)[name], holes[name], reading, path === "" ? name : `${path}.${name}`);
  return map([...names].map((name) => [name, inside(name)] as const));
}

function isWhole(one: Value): boolean {
  switch (one.kind) {
    case "list":
      return one.items.every(isWhole);
    case "map":
      return [...one.entries.values()].every(isWhole);
    case "union":
      return one.options.every(isWhole);
    default:
      return one.kind === "string" || one.kind === "number" || one.kind === "bool" || one.kind === "null";
  }
}

/** True for a marker by which nothing is unknown. */
export function isEmpty(marker: unknown): boolean {
  if (typeof marker !== "object" || marker === null) return marker !== true;
  return Object.values(marker).every(isEmpty);
}
