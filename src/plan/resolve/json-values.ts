import { isRecord } from "../../core/is-record";

/**
 * A member of an object, at the end of a path of names. Undefined where it is missing, and for anything that is not
 * an object, so that a wrong type in a plan reads like a missing part.
 */
export function member(value: unknown, ...names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (!isRecord(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** Items of a list or members of an object; a forged plan may have one in place of the other. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}

/** True for what is there and not `false`, as Rego takes a value that stands alone. */
export function holds(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** JSON with the members of objects in order, so that equal values give equal texts. */
export function marshal(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
