import { type Entry, entryOf, isSensitive, planned } from "../entry";
import type { BindingFacts, TargetFacts } from "../facts-document";
import { isRecord } from "../../../core/is-record";
import { member } from "../json-values";
import { DisjointSets } from "./disjoint-sets";
import { idsBefore } from "./before";

/** In place of an address that cannot be determined; no address and no id has this form. */
const UNKNOWN = "?";
/** If one of these is sensitive in one binding, it is hidden in all. */
const HIDDEN = ["anycast_id", "bind_instance_id", "bind_instance_region_id"];

/**
 * Numbers of the entries that rules may compare with each other, set by set: a binding, the Anycast EIP it is of, what it
 * may bind, and all that has one of these in common with it. All other entries are alone.
 */
export function componentsOf(changes: readonly unknown[], bindings: ReadonlyMap<string, BindingFacts>): number[][] {
  return new Components(changes, bindings).sets.members();
}

class Components {
  public readonly sets: DisjointSets;
  private readonly first = new Map<string, number>();
  private readonly groups = new Set<TargetFacts>();
  private readonly isAnyUnknown: boolean;
  private readonly secrets = new Set<string>();

  public constructor(changes: readonly unknown[], bindings: ReadonlyMap<string, BindingFacts>) {
    this.sets = new DisjointSets(changes.length);
    this.isAnyUnknown = [...bindings.values()].some((one) => one.anycast.includes(null));
    const entries = changes.map((change) => (isRecord(change) ? entryOf(change) : undefined));
    const factsOf = entries.map((entry) => entry && bindings.get(entry.address));
    entries.forEach((entry, i) => {
      if (entry === undefined || factsOf[i] === undefined) return;
      for (const attribute of HIDDEN) {
        const value = isSensitive(entry, attribute) ? planned(entry, attribute) : undefined;
        if (typeof value === "string") this.secrets.add(value);
      }
    });
    entries.forEach((entry, i) => {
      const address = entry?.address ?? member(changes[i], "address");
      if (typeof address !== "string") return;
      this.meet(address, i);
      const facts = factsOf[i];
      if (entry !== undefined && facts !== undefined) this.binding(entry, facts, i);
      else if (entry !== undefined) this.meetId(entry, "id", i);
      if (entry !== undefined) this.leaving(entry, i);
    });
  }

  private binding(entry: Entry, { anycast, targets }: BindingFacts, i: number): void {
    this.meetId(entry, "bind_instance_id", i);
    for (const one of anycast) this.meet(one ?? UNKNOWN, i);
    // What is sensitive in one binding is hidden in messages about the others, too.
    if (this.secrets.size > 0) {
      for (const attribute of HIDDEN) {
        const value = planned(entry, attribute);
        if (typeof value === "string" && this.secrets.has(value)) this.meet(value, i);
      }
    }
    // A binding of an address that cannot be determined may be the default one of any address.
    if (this.isAnyUnknown && planned(entry, "association_mode") === "Normal") this.meet(UNKNOWN, i);
    for (const target of targets) {
      if (target.via === "reference" || target.via === "id") this.meet(target.address, i);
      if (target.addresses === undefined || this.groups.has(target)) continue;
      // Whatever reaches a group reaches its first member, which all others are joined with once.
      this.groups.add(target);
      for (const one of target.addresses) this.meet(one, i);
    }
  }

  /** What a binding that is destroyed, replaced or forgotten holds, another one may take; what is gone none may. */
  private leaving(entry: Entry, i: number): void {
    const held = idsBefore(entry);
    if (held.length === 0) return;
    for (const id of held) this.meet(id, i);
    if (this.isAnyUnknown && held.length > 1) this.meet(UNKNOWN, i);
  }

  private meetId(entry: Entry, attribute: string, i: number): void {
    const id = planned(entry, attribute);
    if (typeof id === "string") this.meet(id, i);
  }

  private meet(what: string, i: number): void {
    const other = this.first.get(what);
    if (other === undefined) this.first.set(what, i);
    else this.sets.join(i, other);
  }
}
