import type { TargetFacts } from "../facts-document";
import { type Entry, entryOf, textOf } from "../entry";
import { isRecord } from "../../../core/is-record";
import { itemsOf, marshal, member } from "../json-values";
import type { PlanIndex } from "../plan-index";
import type { Regions } from "./regions";
import { isVSwitchId, type VSwitch } from "./vswitches";

/** Modules this deep are looked at; a data source further down proves nothing. */
const DEPTH = 8;

/** What a data source said of a load balancer while the plan was made. */
interface Seen {
  readonly source: Entry;
  readonly balancer: unknown;
  readonly addressType: unknown;
}

/**
 * Load balancers that data sources have seen. A data source that is read again during apply proves nothing, nor does
 * one that only an old state remembers: its configuration block must be in this plan.
 */
export class DataSources {
  private byId: Map<string, Seen[]> | undefined;

  public constructor(
    private readonly index: PlanIndex,
    private readonly regions: Regions,
  ) {}

  public withId(id: string): readonly TargetFacts[] {
    this.byId ??= this.read();
    const found = (this.byId.get(id) ?? []).flatMap(({ source, balancer, addressType }): TargetFacts[] => {
      const region = this.regions.of(source)?.region;
      if (region === undefined) return [];
      const { address, type } = source;
      return [{ address, via: "data", by: id, type, ...seenFacts(balancer, addressType), region, exists: true }];
    });
    return [...new Map(found.map((one) => [marshal(one), one])).values()];
  }

  private read(): Map<string, Seen[]> {
    const byId = new Map<string, Seen[]>();
    const planned = new Set(itemsOf(this.index.plan.resource_changes).map((entry) => member(entry, "address")));
    const sources: [Entry, unknown][] = [];
    this.collect(member(this.index.plan, "prior_state", "values", "root_module"), 0, sources);
    for (const [source, values] of sources) {
      const isProof = this.index.isTrusted(source) && !planned.has(source.address) && this.index.block(source);
      if (!isProof) continue;
      const balancers = listed(values, "balancers");
      for (const balancer of [...balancers, ...listed(values, "slbs")]) {
        const id = member(balancer, "id");
        if (typeof id !== "string") continue;
        const seen = { source, balancer, addressType: addressTypeOf(balancer, balancers) };
        const others = byId.get(id);
        if (others === undefined) byId.set(id, [seen]);
        else others.push(seen);
      }
    }
    return byId;
  }

  private collect(module: unknown, depth: number, into: [Entry, unknown][]): void {
    for (const resource of itemsOf(member(module, "resources"))) {
      if (!isRecord(resource) || resource.mode !== "data") continue;
      const entry = entryOf(resource, member(module, "address"));
      if (entry !== undefined && this.index.roleOf(entry.type) === "load_balancer_data")
        into.push([entry, resource.values]);
    }
    if (depth < DEPTH)
      for (const child of itemsOf(member(module, "child_modules"))) this.collect(child, depth + 1, into);
  }
}

/** What is told in the same words by a data source and by the cloud. */
export function seenFacts(
  balancer: unknown,
  addressType: unknown,
): Pick<TargetFacts, "address_type" | "shown_address_type"> & { readonly vswitch: VSwitch } {
  const value = addressType === null ? null : textOf(addressType);
  return {
    address_type: { state: "known", value },
    shown_address_type: textOf(addressType),
    vswitch: seenVSwitch(balancer),
  };
}

function seenVSwitch(balancer: unknown): VSwitch {
  const id = member(balancer, "vswitch_id");
  const network = member(balancer, "network_type");
  if (isVSwitchId(id) && (network === undefined || network === "vpc")) return { state: "given", value: id };
  return { state: "none", value: marshal(id ?? null) };
}

/**
 * `slbs` is the older list of the same load balancers. It says `internet` where `balancers` says the address type; that it
 * is not `internet` alone is no proof, because what was never filled in reads the same.
 */
function addressTypeOf(balancer: unknown, balancers: readonly unknown[]): unknown {
  const own = member(balancer, "address_type");
  if (own !== undefined) return own;
  if (member(balancer, "internet") === true) return "internet";
  const id = member(balancer, "id");
  const twins = balancers.filter((twin) => member(twin, "id") === id);
  const told = new Set(twins.map((twin) => member(twin, "address_type") ?? null));
  return told.size === 1 ? [...told][0] : null;
}

function listed(values: unknown, name: string): readonly unknown[] {
  const list = member(values, name);
  return Array.isArray(list) ? list : [];
}
