import type { Node } from "../schema/model";
import type { ObjectValue } from "../values/value";
import { isWhollyKnown, UNKNOWN } from "../values/value";

/** Rules between attributes: exactly one of them, at least one of them. Worded as the plugin SDK words them. */
export function relationError(node: Node, root: ObjectValue): string | undefined {
  return exactlyOne(node, root) ?? atLeastOne(node, root);
}

const names = (node: Node, others: readonly string[]): readonly string[] => [...new Set([...others, node.name])].sort();

function exactlyOne(node: Node, root: ObjectValue): string | undefined {
  if (node.exactlyOneOf.length === 0) return undefined;
  const all = names(node, node.exactlyOneOf);
  const open = all.filter((name) => !isWhollyKnown(root[name] ?? null));
  const given = all.filter((name) => (root[name] ?? null) !== null && !open.includes(name));
  if (given.length === 0 && open.length === 0) return `"${node.name}": one of \`${all.join(",")}\` must be specified`;
  if (given.length > 1) {
    return `"${node.name}": only one of \`${all.join(",")}\` can be specified, but \`${given.join(",")}\` were specified.`;
  }
  return undefined;
}

function atLeastOne(node: Node, root: ObjectValue): string | undefined {
  if (node.atLeastOneOf.length === 0) return undefined;
  const all = names(node, node.atLeastOneOf);
  const given = all.some((name) => root[name] === UNKNOWN || (root[name] ?? null) !== null);
  return given ? undefined : `"${node.name}": one of \`${all.join(",")}\` must be specified`;
}
