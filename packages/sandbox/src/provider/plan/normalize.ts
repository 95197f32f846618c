import type { TypeSchema } from "../schema/model";
import type { CtyType, ObjectValue, Value } from "../values/value";
import { isArray, isObject, isWhollyKnown, UNKNOWN } from "../values/value";
import { isZero } from "./text";

const isCollection = (type: CtyType): boolean =>
  typeof type !== "string" && (type[0] === "list" || type[0] === "set" || type[0] === "map");

/**
 * Evens out what the old SDK loses between "none" and "empty": `made` was worked out, `from` is where it came from
 * (the proposal for a plan, the plan for an apply, the old state for a refresh).
 */
export function normalizeNulls(type: CtyType, made: Value, from: Value, apply: boolean): Value {
  if (from === UNKNOWN) return made === null && !apply ? from : made;
  if (isCollection(type) && apply) {
    const empty = (value: Value): boolean => value !== null && value !== UNKNOWN && isZero(value);
    if ((from === null && empty(made)) || (empty(from) && made === null)) return from;
  }
  if (from === null || made === UNKNOWN) return made;
  if (type === "string") return made === null && from === "" ? "" : made;
  if (typeof type === "string") return made;
  if (type[0] === "set") return apply && isWhollyKnown(from) ? from : made;
  if (type[0] === "list") return normalizeList(type[1], made, from as readonly Value[], apply);
  if (type[0] === "map") return normalizeMap(made, from as ObjectValue, apply);
  if (type[0] === "object") {
    const fields = isObject(made) ? made : {};
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, field]) => [
        name,
        normalizeNulls(field, fields[name] ?? null, (from as ObjectValue)[name] ?? null, apply),
      ]),
    );
  }
  return made;
}

function normalizeList(element: CtyType, made: Value, from: readonly Value[], apply: boolean): Value {
  if (made === null) {
    if (apply) return from.length === 0 ? from : made;
    return from.every((one) => one === UNKNOWN) ? from : made;
  }
  if (!isArray(made) || made.length !== from.length) return made;
  return made.map((one, at) => normalizeNulls(element, one, from[at] ?? null, apply));
}

function normalizeMap(made: Value, from: ObjectValue, apply: boolean): Value {
  if (!isObject(made)) return made;
  if (Object.keys(made).length === 0) return made;
  return Object.fromEntries(
    Object.entries(made).map(([key, one]) => {
      const source = from[key];
      if (source === undefined || source === null || source === UNKNOWN) return [key, one];
      return [key, one === UNKNOWN || (one === null && source === "" && !apply) ? source : one];
    }),
  );
}

/** Whether the old SDK would see no difference: none and zero are the same, on both sides, at every depth. */
export function equivalent(type: CtyType, one: Value, other: Value): boolean {
  if (one === UNKNOWN || other === UNKNOWN) return one === other;
  const zeros = [sdkZero(type, one), sdkZero(type, other)];
  if (zeros[0] || zeros[1]) return zeros[0] === zeros[1];
  if (isArray(one) && isArray(other)) return equivalentLists(type, one, other);
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length) return false;
    return keys.every((key) => key in other && equivalent(fieldType(type, key), one[key] ?? null, other[key] ?? null));
  }
  return one === other;
}

/** An object has its fields, so it is never zero; an empty map is. */
const sdkZero = (type: CtyType, value: Value): boolean =>
  value === null || (isZero(value) && !(typeof type !== "string" && type[0] === "object"));

const fieldType = (type: CtyType, key: string): CtyType =>
  typeof type === "string" ? "dynamic" : type[0] === "object" ? (type[1][key] ?? "dynamic") : (type[1] as CtyType);

function equivalentLists(type: CtyType, one: readonly Value[], other: readonly Value[]): boolean {
  if (one.length !== other.length) return false;
  const element = typeof type === "string" || type[0] === "object" || type[0] === "tuple" ? "dynamic" : type[1];
  const same = (first: Value | undefined, second: Value | undefined): boolean =>
    equivalent(element, first ?? null, second ?? null);
  if (typeof type !== "string" && type[0] === "set") {
    return (
      one.every((first) => other.some((second) => same(first, second))) &&
      other.every((second) => one.some((first) => same(first, second)))
    );
  }
  return one.every((first, at) => same(first, other[at]));
}

/** On create, computed attributes without a value will be known after apply. */
export function openComputed(schema: TypeSchema, planned: ObjectValue): ObjectValue {
  const open: Record<string, Value> = { ...planned };
  for (const node of schema.nodes) {
    if (node.computed && !node.block && (open[node.name] ?? null) === null) open[node.name] = UNKNOWN;
  }
  return open;
}
