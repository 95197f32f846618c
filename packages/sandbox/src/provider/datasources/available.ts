import type { Body } from "../../cloud/contract";
import { listAt, textAt } from "../api/body";
import { ProviderError } from "../api/errors";
import type { ObjectValue } from "../values/value";
import { argument, ask } from "./shared";
import type { DataSourceContext } from "./type";

/** What a zone still sells. */
export interface AvailableZone {
  readonly zoneId: string;
  /** Values on sale: instance types or disk categories. */
  readonly values: readonly string[];
}

/** Zones in which something is on sale. @throws ProviderError when there is none */
export async function availableZones(
  context: DataSourceContext,
  file: string,
  given: ObjectValue,
  destination: "Zone" | "InstanceType",
): Promise<readonly AvailableZone[]> {
  const body = await ask(context, file, "Ecs", "DescribeAvailableResource", {
    DestinationResource: destination,
    IoOptimized: given.is_outdated === true ? "none" : "optimized",
    InstanceChargeType: argument(given, "instance_charge_type"),
    SpotStrategy: argument(given, "spot_strategy"),
    NetworkCategory: argument(given, "network_type"),
    SystemDiskCategory: argument(given, "system_disk_category"),
    Cores: argument(given, "cpu_core_count"),
    Memory: argument(given, "memory_size"),
  });
  const zones = listAt(body, "AvailableZones.AvailableZone").filter((zone) => zone.Status !== "SoldOut");
  if (zones.length === 0)
    throw new ProviderError(`There are no availability resources in the region: ${context.settings.region}.`);
  return zones.map((zone) => ({ zoneId: textAt(zone, "ZoneId"), values: onSale(zone) }));
}

function onSale(zone: Body): readonly string[] {
  return listAt(zone, "AvailableResources.AvailableResource")
    .flatMap((resource) => listAt(resource, "SupportedResources.SupportedResource"))
    .filter((one) => one.Status !== "SoldOut")
    .map((one) => textAt(one, "Value"));
}
