import { pushTo } from "../../../core/push-to";
import type { TargetFacts } from "../facts-document";
import { type Entry, textOf } from "../entry";
import { marshal, member } from "../json-values";
import { isInactive } from "./balancers";
import { type DataRead, listIn } from "./read-data";
import type { Regions } from "./regions";
import { isVSwitchId, type VSwitch } from "./vswitches";

/** What a data source said of a load balancer while the plan was made. */
interface BalancerRead {
  readonly source: Entry;
  readonly balancer: unknown;
  readonly addressType: unknown;
}

/** Load balancers that data sources have seen. */
export class DataSources {
  private byId: Map<string, BalancerRead[]> | undefined;

  public constructor(
    private readonly data: DataRead,
    private readonly regions: Regions,
  ) {}

  public withId(id: string): readonly TargetFacts[] {
    this.byId ??= this.read();
    const found = (this.byId.get(id) ?? []).flatMap(({ source, balancer, addressType }): TargetFacts[] => {
      const region = this.regions.of(source)?.region;
      if (region === undefined) return [];
      const { address, type } = source;
      const facts = seenFacts(balancer, addressType);
      return [{ address, via: "data", by: id, type, ...facts, region, outside: [], exists: true }];
    });
    return [...new Map(found.map((one) => [marshal(one), one])).values()];
  }

  private read(): Map<string, BalancerRead[]> {
    const byId = new Map<string, BalancerRead[]>();
    for (const { source, values } of this.data.of("load_balancer_data")) {
      const balancers = listIn(values, "balancers");
      for (const balancer of [...balancers, ...listIn(values, "slbs")]) {
        const id = member(balancer, "id");
        if (typeof id !== "string") continue;
        pushTo(byId, id, { source, balancer, addressType: addressTypeOf(balancer, balancers) });
      }
    }
    return byId;
  }
}

/** What a data source and the cloud return in the same form. */
export function seenFacts(
  balancer: unknown,
  addressType: unknown,
): Pick<TargetFacts, "address_type" | "shown_address_type" | "status"> & { readonly vswitch: VSwitch } {
  const value = addressType === null ? null : textOf(addressType);
  const status = member(balancer, "status");
  return {
    address_type: { state: "known", value },
    shown_address_type: textOf(addressType),
    ...(isInactive(status) ? { status } : {}),
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
  const sameId = balancers.filter((one) => member(one, "id") === id);
  const told = new Set(sameId.map((one) => member(one, "address_type") ?? null));
  return told.size === 1 ? [...told][0] : null;
}
