import type { TypeSchema } from "../schema/model";
import type { CtyType, ObjectValue, Value } from "../values/value";
import { canonical, isArray, isObject, isWhollyKnown, UNKNOWN } from "../values/value";
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

/** Whether the old SDK would see no difference: "none" equals zero everywhere. */
export function equivalent(one: Value, other: Value): boolean {
  return canonical(withoutZeros(one)) === canonical(withoutZeros(other));
}

function withoutZeros(value: Value): Value {
  if (isArray(value)) return value.map(withoutZeros);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]): [string, Value] => [key, withoutZeros(one)])
      .filter(([, one]) => !isZero(one)),
  );
}

/** On create, whatever is computed and still open will be known after apply. */
export function openComputed(schema: TypeSchema, planned: ObjectValue): ObjectValue {
  const open: Record<string, Value> = { ...planned };
  for (const node of schema.nodes) {
    if (node.computed && !node.block && (open[node.name] ?? null) === null) open[node.name] = UNKNOWN;
  }
  return open;
}
