import { type Entry, planned, shown } from "../entry";
import type { PlanIndex } from "../plan-index";

/** Attributes that name a zone, by the part that a type plays. */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  load_balancers: ["master_zone_id", "slave_zone_id"],
  network_interfaces: ["availability_zone"],
  vswitches: ["availability_zone", "zone_id"],
};

/** A zone that the plan knows. */
export interface Zone {
  readonly attribute: string;
  readonly value: string;
  /** The value, unless it is sensitive. */
  readonly shown: string;
}

/** The zones that a resource is in, as far as the plan knows them. */
export function zonesOf(entry: Entry, index: PlanIndex): readonly Zone[] {
  return (ZONES[index.roleOf(entry.type) ?? ""] ?? []).flatMap((attribute) => {
    const value = planned(entry, attribute);
    return typeof value === "string" && value !== "" ? [{ attribute, value, shown: shown(entry, attribute) }] : [];
  });
}

/** Whether a zone may be one of a region: its id begins with that of the region. */
export function isInRegion(zone: string, region: string): boolean {
  return zone.startsWith(region) && !/^[0-9]/.test(zone.slice(region.length));
}
