import { DisjointSets } from "./disjoint-sets";
import type { Change, PlanIndex } from "./plan-index";
import { Reach } from "./reach";
import { Reached } from "./reached";

/** Entries that must be judged together. */
export interface Group<T> {
  readonly members: readonly Change[];
  /** What was made of all that it leads to, for a group of one. */
  readonly made?: T;
}

/**
 * Groups what rules judge: bindings that may be of the same Anycast EIP or that refer to each other, then, one by one,
 * whatever is judged and no binding leads to.
 * @param make what to make of where an entry leads; that itself is not kept, because it would be the plan once more
 */
export function groupsOf<T>(index: PlanIndex, make: (reached: Reached) => T): Group<T>[] {
  const bindings = index.changes.filter((change) => change.role === "attachment" && !change.removed);
  const groups: Group<T>[] = groupBindings(index, bindings, make);
  for (const change of index.changes)
    if (!change.covered && isJudgedAlone(change))
      groups.push({ members: [change], made: make(reach(index, [change])) });
  return groups;
}

/** All that these entries lead to. */
export function reach(index: PlanIndex, members: readonly Change[]): Reached {
  const reached = new Reached();
  const walk = new Reach(index, reached);
  for (const change of members)
    if (change.role === "attachment" && !change.removed) walk.binding(change);
    else walk.change(change);
  return reached;
}

/** Entries that rules judge whether a binding leads to them or not. */
function isJudgedAlone({ role }: Change): boolean {
  return role === "address" || role === "attachment" || role === "load_balancers";
}

function groupBindings<T>(index: PlanIndex, bindings: readonly Change[], make: (reached: Reached) => T): Group<T>[] {
  const sets = new DisjointSets(bindings.length);
  const meeting = new Map<string, number>();
  const referred: [number, string][] = [];
  const made = bindings.map((change, i) => {
    const reached = reach(index, [change]);
    for (const other of reached.changes) {
      other.covered = true;
      // An instance can be bound once, so bindings of one are judged together, too.
      if (other.role !== "address" && other.role !== "load_balancers" && other.role !== "network_interfaces") continue;
      if (other.binding !== undefined) sets.join(i, other.binding);
      other.binding = i;
    }
    for (const name of reached.meetings) {
      const other = meeting.get(name);
      if (other === undefined) meeting.set(name, i);
      else sets.join(i, other);
    }
    for (const base of reached.bindings) referred.push([i, base]);
    return make(reached);
  });
  // An id may be written like an address, and the policies would not tell them apart.
  if (meeting.size > 0)
    for (const { binding, address } of index.changes) {
      const other = binding === undefined ? undefined : meeting.get(address);
      if (other !== undefined) sets.join(binding!, other);
    }
  if (referred.length > 0) {
    const numbers = new Map(bindings.map((change, i) => [change, i]));
    for (const [i, base] of referred)
      for (const other of index.attachments.get(base) ?? []) {
        const number = numbers.get(other);
        if (number !== undefined) sets.join(i, number);
      }
  }
  if (!sets.hasJoined) return bindings.map((change, i) => ({ members: [change], made: made[i]! }));
  return sets.members().map((members) => {
    const group = members.map((i) => bindings[i]!);
    return members.length === 1 ? { members: group, made: made[members[0]!]! } : { members: group };
  });
}
