import type { Expression } from "../../source/hcl/ast";

/** Root names that an expression takes from around it, and the item of a splat. */
const free = new WeakMap<Expression, ReadonlySet<string>>();
const ITEM = "*";

function namesIn(expression: Expression): ReadonlySet<string> {
  const found = free.get(expression);
  if (found !== undefined) return found;
  const names = new Set<string>();
  if (expression.kind === "item") names.add(ITEM);
  else if (expression.kind === "root") names.add(expression.name);
  else if (expression.kind === "splat") {
    for (const name of namesIn(expression.of)) names.add(name);
    for (const name of namesIn(expression.each)) if (name !== ITEM) names.add(name);
  } else if (expression.kind === "for") {
    for (const name of namesIn(expression.of)) names.add(name);
    const bound = new Set([expression.keyName, expression.valueName]);
    for (const part of [expression.key, expression.value, expression.condition])
      if (part !== undefined) for (const name of namesIn(part)) if (!bound.has(name)) names.add(name);
  } else for (const child of childrenOf(expression)) for (const name of namesIn(child)) names.add(name);
  free.set(expression, names);
  return names;
}

/**
 * True for an expression that gives the same in every instance of its block and every round of a loop around it, so that
 * it is evaluated once in its module.
 * @param bound names that `for` has bound around it
 */
export function isClosed(expression: Expression, bound: ReadonlySet<string>): boolean {
  for (const name of namesIn(expression)) {
    if (bound.has(name) || VARYING.has(name)) return false;
  }
  return true;
}

const VARYING = new Set(["each", "count", "self", ITEM]);

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "template":
      return expression.parts;
    case "wrap":
    case "repeated":
    case "attribute":
    case "unary":
      return [expression.of];
    case "index":
      return [expression.of, expression.key];
    case "splat":
      return [expression.of, expression.each];
    case "tuple":
      return expression.items;
    case "object":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "for":
      return [expression.of, expression.key, expression.value, expression.condition].filter((one) => one !== undefined);
    case "call":
      return expression.args;
    case "conditional":
      return [expression.condition, expression.then, expression.else];
    case "binary":
      return [expression.left, expression.right];
    default:
      return [];
  }
}
