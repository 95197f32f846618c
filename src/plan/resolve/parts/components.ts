import { entryOf, planned } from "../entry";
import type { BindingFacts, TargetFacts } from "../facts-document";
import { isRecord } from "../../../core/is-record";
import { member } from "../json-values";
import { DisjointSets } from "./disjoint-sets";

/** In the place of an address that cannot be told; no address and no id has this form. */
const UNKNOWN = "?";

/**
 * Numbers of the entries that rules may compare with each other, set by set: a binding, the Anycast EIP it is of, what it
 * may bind, and all that has one of these in common with it. All other entries are alone.
 */
export function componentsOf(changes: readonly unknown[], bindings: ReadonlyMap<string, BindingFacts>): number[][] {
  const sets = new DisjointSets(changes.length);
  const first = new Map<string, number>();
  const meet = (what: string, i: number): void => {
    const other = first.get(what);
    if (other === undefined) first.set(what, i);
    else sets.join(i, other);
  };
  const groups = new Set<TargetFacts>();
  const isAnyUnknown = [...bindings.values()].some((one) => one.anycast.includes(null));
  changes.forEach((change, i) => {
    const address = member(change, "address");
    if (typeof address !== "string") return;
    meet(address, i);
    const entry = isRecord(change) ? entryOf(change) : undefined;
    const binding = bindings.get(address);
    for (const attribute of binding === undefined ? ["id"] : ["bind_instance_id"]) {
      const id = entry && planned(entry, attribute);
      if (typeof id === "string") meet(id, i);
    }
    for (const anycast of binding?.anycast ?? []) meet(anycast ?? UNKNOWN, i);
    // A binding of an address that cannot be told may be the default one of any address.
    if (isAnyUnknown && binding !== undefined && entry !== undefined && planned(entry, "association_mode") === "Normal")
      meet(UNKNOWN, i);
    for (const target of binding?.targets ?? []) {
      if (target.via === "reference" || target.via === "id") meet(target.address, i);
      if (target.addresses === undefined || groups.has(target)) continue;
      // Whatever reaches a group reaches its first member, which all others are joined with once.
      groups.add(target);
      for (const one of target.addresses) meet(one, i);
    }
  });
  return sets.members();
}
