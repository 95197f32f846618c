import { compareAddresses } from "../address-order";
import type { TargetFacts } from "../facts-document";
import type { Balancers, Described, Known, TargetRole } from "./balancers";
import type { VSwitch } from "./vswitches";
import { type Found, NOTHING } from "./found";

/** Above this number, groups are not separated by what is good in all of them. */
const MANY = 16;

/**
 * Targets of bindings. What is reached by the same reference is listed once for all that reach it, and as a group where
 * the plan says the same of many.
 */
export class Targets {
  private readonly known = new Map<string, Map<readonly string[], Found | undefined>>();

  public constructor(private readonly balancers: Balancers) {}

  /** A target that is given by its id. */
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
    const all: Known[] = [];
    for (const address of addresses) {
      const one = this.balancers.at(address, role);
      if (one === undefined) return undefined;
      all.push(one);
    }
    const targets = groupsOf(all).map((group) => {
      // In the same order, whatever the order of the plan.
      const members = group.map((one) => one.described.address).sort(compareAddresses);
      const [{ described, exists }] = group;
      const target = targetOf({ ...described, address: members[0]! }, "reference", by, exists);
      if (group.length === 1) return target;
      const vswitch = togetherGiven(group.map((one) => one.described.vswitch));
      return { ...target, ...(vswitch && { vswitch }), addresses: members };
    });
    return { targets, problems: [], listed: all.some((one) => one.listed) };
  }
}

/** Groups of which the plan says the same; where many have a vSwitch of their own, of which it says that they have one. */
function groupsOf(all: readonly Known[]): readonly [Known, ...Known[]][] {
  if (all.length === 1) return [[all[0]!]];
  const groups = groupedBy(all, ({ described, exists }) => [{ ...described, address: "" }, exists]);
  if (groups.length <= MANY) return groups;
  return groupedBy(all, ({ described, exists }) => {
    const { vswitch } = described;
    const outside = described.outside.map((one) => ({ ...one, address: "" }));
    return [{ ...described, address: "", vswitch: vswitch?.state === "given" ? "given" : vswitch, outside }, exists];
  });
}

function groupedBy(all: readonly Known[], likenessOf: (one: Known) => unknown): readonly [Known, ...Known[]][] {
  const groups = new Map<string, [Known, ...Known[]]>();
  for (const one of all) {
    const likeness = JSON.stringify(likenessOf(one));
    const group = groups.get(likeness);
    if (group === undefined) groups.set(likeness, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function togetherGiven(all: readonly (VSwitch | undefined)[]): VSwitch | undefined {
  const [first] = all;
  if (first?.state !== "given") return first;
  const others = new Set(all.map((one) => one?.value)).size - 1;
  return others === 0 ? first : { state: "given", value: `${first.value} and ${String(others)} more` };
}

function targetOf(described: Described, via: TargetFacts["via"], by: string, exists: boolean): TargetFacts {
  return { ...described, via, by, exists };
}
