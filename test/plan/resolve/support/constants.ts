import { type ModuleScope, NO_NAMES, type Scope } from "../../../../src/plan/resolve/evaluate/scope";
import { unknown, type Value } from "../../../../src/plan/resolve/evaluate/value";

/** The scope of a module that has these variables and nothing else. */
export function scopeWith(variables: Readonly<Record<string, Value>>): Scope {
  const none = (): Value => unknown("is not there");
  const module: ModuleScope = {
    variable: (name) => variables[name] ?? none(),
    local: none,
    call: none,
    resource: none,
    ambient: none,
    secret: (value) => value,
    made: (value) => value,
    evaluated: new Map(),
  };
  return { module, names: NO_NAMES, depth: 0 };
}

/** The one value it is, `fails`, or `untold`. */
export function plainOf(value: Value): "untold" | "fails" | { readonly value: unknown } {
  try {
    return value.kind === "error" ? "fails" : { value: jsonOf(value) };
  } catch (thrown) {
    if (thrown instanceof Untold) return "untold";
    throw thrown;
  }
}

class Untold extends Error {}

function jsonOf(value: Value): unknown {
  switch (value.kind) {
    case "string":
    case "bool":
      return value.value;
    case "number":
      return Number(value.value);
    case "null":
      return null;
    case "list":
      return value.items.map(jsonOf);
    case "map":
      return Object.fromEntries(
        [...value.entries]
          .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
          .map(([key, one]) => [key, jsonOf(one)]),
      );
    default:
      throw new Untold();
  }
}
