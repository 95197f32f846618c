import { optionsOf, type Unknown, type Value } from "./value";

/** The first part of a value that cannot be determined. */
export function unknownIn(value: Value): Unknown | undefined {
  return firstOf(optionsOf(value), (one) => {
    if (one.kind === "unknown") return one;
    if (one.kind === "list") return firstOf(one.items, unknownIn);
    if (one.kind === "map") return firstOf([...one.entries.values()], unknownIn);
    return one.kind === "some" && one.element !== undefined ? unknownIn(one.element) : undefined;
  });
}

/** True where all of a value is known when the plan is made. */
export function isKnown(value: Value): boolean {
  if (value.kind === "list") return value.items.every(isKnown);
  if (value.kind === "map") return [...value.entries.values()].every(isKnown);
  return ["string", "number", "bool", "null"].includes(value.kind);
}

export function firstOf<From, To>(all: Iterable<From>, find: (one: From) => To | undefined): To | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
