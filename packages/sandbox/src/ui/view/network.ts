import type { AccessPointView } from "../../cloud/contract";
import { carriesTraffic } from "../../internet/cloud-lookup";
import type { Origin } from "../../internet/lookup";
import { placeOfAccessPoint, REGIONS } from "../../internet/places";
import { targetOf } from "../../internet/route";
import type { Inventory } from "./inventory";
import { regionName } from "./inventory";

export interface RegionRow {
  readonly id: string;
  readonly name: string;
  readonly loadBalancers: number;
  readonly eips: number;
  readonly bindings: number;
  readonly others: number;
}

export interface AccessPointRow extends AccessPointView {
  /** Where users who enter here are led: addresses by the region of their origin. */
  readonly leadsTo: Readonly<Record<string, number>>;
}

type Counted = "loadBalancers" | "eips" | "bindings" | "others";
const COUNTED: Readonly<Record<string, Counted>> = { "load-balancer": "loadBalancers", eip: "eips" };

/** Regions in which something is, with how much. */
export function regionRows({ snapshot: { regions, objects, bindings } }: Inventory): RegionRow[] {
  const counts = new Map<string, Record<Counted, number>>();
  const count = (region: string, what: Counted): void => {
    const row = counts.get(region) ?? { loadBalancers: 0, eips: 0, bindings: 0, others: 0 };
    row[what] += 1;
    counts.set(region, row);
  };
  for (const { region, kind } of objects) if (region !== "") count(region, COUNTED[kind] ?? "others");
  for (const { region } of bindings) count(region, "bindings");
  return regions.flatMap((id) => (counts.has(id) ? [{ id, name: regionName(id), ...counts.get(id)! }] : []));
}

/** The access points, with the way that traffic really takes from there; what is not bound yet is silent. */
export function accessPointRows(inventory: Inventory): AccessPointRow[] {
  const { bindings, accessPoints } = inventory.snapshot;
  const areas = new Map(inventory.all("anycast-eip").map(({ id, facts }) => [id, facts["service-location"] ?? ""]));
  const origins = new Map<string, Origin[]>();
  for (const { anycastId, region, status, mode, popLocations } of bindings) {
    if (!carriesTraffic(status) || !Object.hasOwn(REGIONS, region)) continue;
    const target = { region, accessPoints: popLocations, isDefault: mode === "Default" };
    origins.set(anycastId, [...(origins.get(anycastId) ?? []), target]);
  }
  return accessPoints.map((point) => {
    const leadsTo: Record<string, number> = {};
    if (placeOfAccessPoint(point.id) === undefined) return { ...point, leadsTo };
    for (const [anycastId, targets] of origins) {
      if (areas.get(anycastId) !== point.serviceLocation) continue;
      const region = targetOf(point.id, targets)?.region;
      if (region !== undefined) leadsTo[region] = (leadsTo[region] ?? 0) + 1;
    }
    return { ...point, leadsTo };
  });
}
