import type { Expression } from "../../source/hcl/ast";
import type { ObjectAttribute, Type } from "./convert-type";
import type { Value } from "./value";

/**
 * Reads a variable's type constraint.
 * @param evaluate gives the default in `optional(T, default)`, which is a constant
 * @returns undefined for a constraint that is not understood
 */
export function typeOf(expression: Expression, evaluate: (constant: Expression) => Value): Type | undefined {
  if (expression.kind === "root") return PRIMITIVES.get(expression.name);
  // Configuration in JSON, and older native syntax, write the constraint as a text.
  if (expression.kind === "string")
    return (
      PRIMITIVES.get(expression.value) ??
      (OLD.has(expression.value) ? { kind: expression.value as "list" | "map", of: "any" } : undefined)
    );
  if (expression.kind === "wrap") return typeOf(expression.of, evaluate);
  if (expression.kind !== "call" || expression.spread) return undefined;
  const [first] = expression.args;
  if (first === undefined || expression.args.length !== 1) return undefined;
  switch (expression.name) {
    case "list":
    case "set":
    case "map": {
      const of = typeOf(first, evaluate);
      return of === undefined ? undefined : { kind: expression.name, of };
    }
    case "tuple": {
      if (first.kind !== "tuple") return undefined;
      const of = first.items.map((item) => typeOf(item, evaluate));
      return of.every((one) => one !== undefined) ? { kind: "tuple", of } : undefined;
    }
    case "object":
      return objectOf(first, evaluate);
    default:
      return undefined;
  }
}

const PRIMITIVES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["string", "string"],
  ["number", "number"],
  ["bool", "bool"],
  ["any", "any"],
  ["list", { kind: "list", of: "any" }],
  ["map", { kind: "map", of: "any" }],
]);
const OLD = new Set(["list", "map"]);

function objectOf(expression: Expression, evaluate: (constant: Expression) => Value): Type | undefined {
  if (expression.kind !== "object") return undefined;
  const of = new Map<string, ObjectAttribute>();
  for (const { key, value } of expression.entries) {
    if (key.kind !== "string") return undefined;
    const optional = value.kind === "call" && value.name === "optional";
    const type = typeOf(optional ? (value.args[0] ?? value) : value, evaluate);
    if (type === undefined) return undefined;
    const fallback = optional ? value.args[1] : undefined;
    of.set(key.value, { type, optional, default: fallback === undefined ? undefined : evaluate(fallback) });
  }
  return { kind: "object", of };
}
