import type { TargetFacts } from "../facts-document";
import type { Balancers, Described, Known, TargetRole } from "./balancers";
import { type Found, NOTHING } from "./found";

/**
 * Targets of bindings. What is reached by the same reference is told once for all that reach it, and as a group where
 * the plan says the same of many.
 */
export class Targets {
  private readonly known = new Map<string, Map<readonly string[], Found | undefined>>();

  public constructor(private readonly balancers: Balancers) {}

  /** A target that is told by its id. */
  public byId(address: string, id: string, role: TargetRole): Found {
    const one = this.balancers.at(address, role);
    if (one === undefined) return NOTHING;
    return { targets: [targetOf(one.described, "id", id, true)], problems: [], listed: one.listed };
  }

  /** All that a reference may mean; undefined where one of them is none. */
  public byReference(addresses: readonly string[], by: string, role: TargetRole): Found | undefined {
    let lists = this.known.get(by);
    if (lists === undefined) this.known.set(by, (lists = new Map()));
    if (!lists.has(addresses)) lists.set(addresses, this.grouped(addresses, by, role));
    return lists.get(addresses);
  }

  private grouped(addresses: readonly string[], by: string, role: TargetRole): Found | undefined {
    const groups = new Map<string, Known[]>();
    for (const address of addresses) {
      const one = this.balancers.at(address, role);
      if (one === undefined) return undefined;
      const group = groups.get(one.likeness);
      if (group === undefined) groups.set(one.likeness, [one]);
      else group.push(one);
    }
    const targets = [...groups.values()].map((group) => {
      const { described, exists } = group[0]!;
      const target = targetOf(described, "reference", by, exists);
      return group.length === 1 ? target : { ...target, addresses: group.map((one) => one.described.address) };
    });
    return { targets, problems: [], listed: [...groups.values()].some((group) => group.some((one) => one.listed)) };
  }
}

function targetOf(described: Described, via: TargetFacts["via"], by: string, exists: boolean): TargetFacts {
  return { ...described, via, by, exists };
}
