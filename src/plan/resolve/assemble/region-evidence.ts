import { pushTo } from "../../../core/push-to";
import type { Entry } from "../entry";
import { compareText } from "../evaluate/order";
import { member } from "../json-values";
import type { PlanIndex } from "../plan-index";
import { type DataRead, listIn } from "./read-data";
import { isInRegion, zonesOf } from "./zones";

/** Attributes of what data sources list that name a zone or a region. */
const LISTED: readonly (readonly [list: string, attribute: string])[] = [
  ["balancers", "master_zone_id"],
  ["balancers", "region_id_alias"],
  ["slbs", "region_id"],
  ["vswitches", "zone_id"],
  ["zones", "id"],
];

interface Evidence {
  readonly address: string;
  readonly attribute: string;
  readonly value: string;
  readonly shown: string;
}

/** What the plan shows indirectly about the region of a provider configuration. */
export class RegionEvidence {
  private byProvider: Map<unknown, Evidence[]> | undefined;

  public constructor(
    private readonly index: PlanIndex,
    private readonly data: DataRead,
  ) {}

  /** Says what contradicts a region, `zone_id of ADDRESS is ZONE`; undefined where nothing does. */
  public against(providerKey: string, region: string): string | undefined {
    this.byProvider ??= this.collect();
    const [first] = (this.byProvider.get(providerKey) ?? [])
      .filter(({ value }) => !isInRegion(value, region))
      .map(({ address, attribute, shown }) => [address, attribute, shown] as const)
      .sort((a, b) => compareText(a.join("\n"), b.join("\n")));
    return first === undefined ? undefined : `${first[1]} of ${first[0]} is ${first[2]}`;
  }

  private collect(): Map<unknown, Evidence[]> {
    const byProvider = new Map<unknown, Evidence[]>();
    const note = (entry: Entry, evidence: Omit<Evidence, "address">): void => {
      const key = member(this.index.block(entry), "provider_config_key");
      pushTo(byProvider, key, { address: entry.address, ...evidence });
    };
    for (const entry of this.index.lasting.values()) for (const zone of zonesOf(entry, this.index)) note(entry, zone);
    for (const role of ["load_balancer_data", "vswitch_data", "zone_data"] as const)
      for (const { source, values } of this.data.of(role))
        for (const [list, attribute] of LISTED)
          for (const item of listIn(values, list)) {
            const value = member(item, attribute);
            if (typeof value === "string" && value !== "")
              note(source, { attribute: `${list}[].${attribute}`, value, shown: value });
          }
    for (const { source, values } of this.data.of("region_data")) {
      const id = member(listIn(values, "regions")[0], "id");
      if (member(values, "current") === true && typeof id === "string" && id !== "")
        note(source, { attribute: "regions[].id", value: id, shown: id });
    }
    return byProvider;
  }
}
