import type { Attribute, Expression } from "../../../../src/plan/source/hcl";

/** What an expression of constants stands for, or the roots of what it refers to. */
export type Shown = { readonly value: unknown } | { readonly roots: readonly string[] };

export function shown(attribute: Attribute): Shown {
  const roots = new Set<string>();
  const value = literal(attribute.expression(), roots);
  return roots.size > 0 ? { roots: [...roots].sort() } : { value };
}

function literal(node: Expression, roots: Set<string>): unknown {
  const inside = (inner: Expression): unknown => literal(inner, roots);
  switch (node.kind) {
    case "string":
    case "bool":
      return node.value;
    case "number":
      return Number(node.text);
    case "null":
      return null;
    case "tuple":
      return node.items.map(inside);
    case "object":
      return Object.fromEntries(node.entries.map(({ key, value }) => [String(inside(key)), inside(value)]));
    case "template":
      return node.parts.map(inside).join("");
    case "unary":
      return -(inside(node.of) as number);
    case "root":
      roots.add(node.name);
      return undefined;
    case "wrap":
    case "attribute":
    case "splat":
      return inside(node.of);
    case "index":
      inside(node.key);
      return inside(node.of);
    case "call":
      node.args.forEach(inside);
      return undefined;
    case "conditional":
      return [node.condition, node.then, node.else].map(inside)[1];
    default:
      throw new Error(`not in these tests: ${node.kind}${node.kind === "unsupported" ? ` (${node.why})` : ""}`);
  }
}
