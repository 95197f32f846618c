import { DisjointSets } from "./disjoint-sets";
import type { Change, PlanIndex } from "./plan-index";
import { Reach } from "./reach";
import { Reached } from "./reached";

/** Entries that must be judged together. */
export interface Group {
  readonly members: readonly Change[];
  /** All that they lead to, where it is known already. */
  readonly reached?: Reached;
}

/**
 * Groups what rules judge: bindings that may be of the same Anycast EIP or that refer to each other, then, one by one,
 * whatever is judged and no binding leads to.
 */
export function groupsOf(index: PlanIndex): Group[] {
  const bindings = index.changes.filter((change) => change.role === "attachment" && !change.removed);
  const covered = new Set<Change>();
  const groups: Group[] = [...groupBindings(index, bindings, covered)];
  for (const change of index.changes) {
    if (covered.has(change) || !isJudgedAlone(change)) continue;
    groups.push({ members: [change], reached: reach(index, [change]) });
  }
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

function groupBindings(index: PlanIndex, bindings: readonly Change[], covered: Set<Change>): Iterable<Group> {
  const sets = new DisjointSets(bindings.length);
  const meeting = new Map<string, number>();
  const referred: [number, string][] = [];
  const reaches = bindings.map((change) => reach(index, [change]));
  reaches.forEach((reached, i) => {
    for (const other of reached.changes) covered.add(other);
    for (const name of reached.meetings) {
      const other = meeting.get(name);
      if (other === undefined) meeting.set(name, i);
      else sets.join(i, other);
    }
    for (const base of reached.bindings) referred.push([i, base]);
  });
  if (referred.length > 0) {
    const numbers = new Map(bindings.map((change, i) => [change, i]));
    for (const [i, base] of referred)
      for (const other of index.attachments.get(base) ?? []) {
        const number = numbers.get(other);
        if (number !== undefined) sets.join(i, number);
      }
  }
  return sets.members().map((members) => {
    const [only] = members;
    const group = members.map((i) => bindings[i]!);
    return members.length === 1 ? { members: group, reached: reaches[only!]! } : { members: group };
  });
}
