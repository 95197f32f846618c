import type { Change, PlanIndex } from "./plan-index";
import { Reach, Reached } from "./reach";

/** Bindings that must be judged together, with all that they lead to. */
export interface Group {
  readonly members: readonly Change[];
  readonly reached: Reached;
}

/** Groups bindings that may be of the same Anycast EIP, and those that refer to each other. */
export function groupBindings(index: PlanIndex, bindings: readonly Change[]): Iterable<Group> {
  const sets = new DisjointSets(bindings.length);
  const meeting = new Map<string, number>();
  const byBase = new Map<string, number[]>();
  const all = bindings.map((change, i) => {
    const reached = new Reached();
    new Reach(index, reached).binding(change);
    for (const name of reached.meetings) {
      const other = meeting.get(name);
      if (other === undefined) meeting.set(name, i);
      else sets.join(i, other);
    }
    const same = byBase.get(change.base);
    if (same === undefined) byBase.set(change.base, [i]);
    else same.push(i);
    return reached;
  });
  all.forEach((reached, i) => {
    for (const base of reached.bindings) for (const other of byBase.get(base) ?? []) sets.join(i, other);
  });
  const groups = new Map<number, number[]>();
  bindings.forEach((_, i) => {
    const root = sets.root(i);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [i]);
    else group.push(i);
  });
  return [...groups.values()].map((members) => groupOf(index, bindings, all, members));
}

function groupOf(
  index: PlanIndex,
  bindings: readonly Change[],
  all: readonly Reached[],
  members: readonly number[],
): Group {
  const [only] = members;
  if (members.length === 1) return { members: [bindings[only!]!], reached: all[only!]! };
  const reached = new Reached();
  const reach = new Reach(index, reached);
  for (const i of members) reach.binding(bindings[i]!);
  return { members: members.map((i) => bindings[i]!), reached };
}

class DisjointSets {
  private readonly parents: number[];

  public constructor(size: number) {
    this.parents = Array.from({ length: size }, (_, i) => i);
  }

  public root(i: number): number {
    let at = i;
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at]!]!;
      at = this.parents[at]!;
    }
    return at;
  }

  public join(a: number, b: number): void {
    this.parents[this.root(a)] = this.root(b);
  }
}
