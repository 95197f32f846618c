import { ERROR, type Value, union } from "./value";

/**
 * Makes a value from parts that are evaluated first. Where one of them fails, the whole fails; where one may fail, the
 * whole may. So a collection never holds an error, and `try` can be evaluated.
 */
export function strict(values: readonly Value[], make: (values: readonly Value[]) => Value): Value {
  let fails = false;
  const given: Value[] = [];
  for (const value of values) {
    if (value.kind === "error") return ERROR;
    if (value.kind === "union" && value.options.includes(ERROR)) {
      fails = true;
      given.push(withoutError(value));
    } else given.push(value);
  }
  const made = make(given);
  return fails ? union([made, ERROR]) : made;
}

const without = new WeakMap<object, Value>();

/** The value where nothing fails. */
export function withoutError(value: Value): Value {
  if (value.kind !== "union" || !value.options.includes(ERROR)) return value;
  const found = without.get(value);
  if (found !== undefined) return found;
  const made = union(value.options.filter((one) => one.kind !== "error"));
  without.set(value, made);
  return made;
}

export function mayFail(value: Value): boolean {
  return value.kind === "error" || (value.kind === "union" && value.options.includes(ERROR));
}
