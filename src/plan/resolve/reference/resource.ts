import { modulePrefix } from "../module-path";
import type { ResourceOrigin } from "../origins";
import type { PlanIndex } from "../plan-index";
import type { Cursor, Step } from "./cursor";
import { isIndexedBy, type Listed, takenBehind } from "./expression";
import { parseReference, type Reference } from "./parse";

const INSIDE = /^(?:\.[A-Za-z_][A-Za-z0-9_-]*|\["(?:[^"\\]|\\.)*"\])+\.id$/;

type Resource = Extract<Reference, { kind: "resource" }>;

/** What a reference to a resource resolves to. */
export function originOfResource(
  index: PlanIndex,
  cursor: Cursor,
  expression: Listed,
  head: string,
  { type, name, key: written, rest }: Resource,
): Step {
  const block = `${modulePrefix(cursor.path)}${type}.${name}`;
  const isOwn = written === "" && isIndexedBy(expression, head, cursor.own.by);
  // Which instance is meant. Where there is none with the same key as the expression's own block, the key is computed
  // and any may be meant.
  const key = written !== "" ? written : isOwn ? cursor.own.key : "*";
  const exact = index.only(block + key);
  const isAny = key === "*" || isOwn || cursor.loose;
  const addresses = exact.length > 0 || !isAny ? exact : index.instancesOf(block);
  const { exact: unchosen, hidden, maybe, listed } = cursor;
  const origin: ResourceOrigin = {
    what: "resource",
    type,
    addresses,
    attribute:
      attributeOf(head, rest, takenBehind(expression, head)) ?? (isWithoutKey(index, block, addresses) ? "" : "?"),
    block,
    by: head,
    listed,
    ...(maybe ? { maybe } : {}),
  };
  return { origin, key, flags: [unchosen, hidden, maybe, cursor.loose || isOwn].join() };
}

/**
 * Undefined where it is not listed. An id has no parts: what is taken from it was taken from an object or a list around
 * it. With a computed key the attribute is not listed, but a text shows it.
 */
function attributeOf(head: string, rest: string, names: readonly string[]): string | undefined {
  if (rest === "") return names.length > 0 ? names.join(" or ") : undefined;
  if (/^\.id[.[]/.test(rest)) return ".id";
  // A whole resource inside an object (`{ lb = … }`, `.lb.id`): a load balancer or a vSwitch has no parts of its own.
  const parsed = parseReference(head);
  const isWholeResource = parsed.kind === "resource" && parsed.rest === "";
  return isWholeResource && INSIDE.test(rest) ? ".id" : rest;
}

/** An attribute that is not listed is that of an instance chosen by a key, so the block must be one with keys. */
function isWithoutKey(index: PlanIndex, block: string, addresses: readonly string[]): boolean {
  return index.only(block).length > 0 && addresses.includes(block);
}
