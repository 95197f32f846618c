import type { Body } from "../../cloud/contract";
import { LostResponseError } from "../../cloud/contract";
import { listAt, textAt, textsAt } from "../api/body";
import { isRefused, ProviderError } from "../api/errors";
import type { ObjectValue } from "../values/value";
import { matches, oneOf } from "../validate/rules";
import { availableZones } from "./available";
import { argument, ask, results } from "./shared";
import type { DataSourceContext, DataSourceType } from "./type";

const FILE = "data_source_alicloud_zones";
/** For these the real provider asks no product that is not simulated. */
const OWN = ["VSwitch", "Instance", "Disk", "IoOptimized", "Slb", "Rds"];
const CREATIONS =
  "Instance Rds PolarDB KVStore VSwitch Disk IoOptimized FunctionCompute Elasticsearch Slb MongoDB Gpdb HBase ADB".split(
    " ",
  );

/** For each master zone the possible standby zones. */
async function standbyZones(
  context: DataSourceContext,
  given: ObjectValue,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const body = await ask(
    context,
    FILE,
    "Slb",
    "DescribeAvailableResource",
    {
      AddressIPVersion: argument(given, "available_slb_address_ip_version"),
      AddressType: argument(given, "available_slb_address_type"),
    },
    "Slb",
  );
  const zones = new Map<string, string[]>();
  for (const one of listAt(body, "AvailableResources.AvailableResource")) {
    const master = textAt(one, "MasterZoneId");
    zones.set(master, [...(zones.get(master) ?? []), textAt(one, "SlaveZoneId")].sort());
  }
  return zones;
}

/** An error of this one call comes out as the real provider's language shows an object. */
async function describeZones(context: DataSourceContext, given: ObjectValue): Promise<Body> {
  try {
    return await ask(context, FILE, "Ecs", "DescribeZones", {
      InstanceChargeType: argument(given, "instance_charge_type"),
      SpotStrategy: argument(given, "spot_strategy"),
    });
  } catch (thrown) {
    const cause = thrown instanceof ProviderError ? thrown.cause : undefined;
    if (cause instanceof LostResponseError)
      throw new ProviderError('DescribeZones got an error: &url.Error{Op:"Post"}');
    if (!isRefused(cause)) throw thrown;
    throw new ProviderError(
      `DescribeZones got an error: &errors.ServerError{httpStatus:${cause.httpStatus}, requestId:"${cause.requestId}", errorCode:"${cause.code}", message:"${cause.message}"}`,
      cause.code,
      cause,
    );
  }
}

export const zones: DataSourceType = {
  file: FILE,
  checks: {
    available_instance_type: matches(/^ecs\..*/, "prefix must be 'ecs.'"),
    available_resource_creation: oneOf(...CREATIONS),
    available_disk_category: oneOf(
      ..."all cloud ephemeral_ssd cloud_essd cloud_efficiency cloud_ssd local_disk".split(" "),
    ),
    available_slb_address_type: oneOf("Vpc", "classic_intranet", "classic_internet"),
    available_slb_address_ip_version: oneOf("ipv4", "ipv6"),
    instance_charge_type: oneOf("PrePaid", "PostPaid"),
    network_type: oneOf("Vpc", "Classic"),
    spot_strategy: oneOf("NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit"),
  },
  read: async (given, context) => {
    const creation = argument(given, "available_resource_creation");
    if (creation !== undefined && !OWN.includes(creation)) {
      throw new ProviderError(`The sandbox simulates no zones for ${creation}; it knows ${OWN.join(", ")}.`);
    }
    const standby = creation === "Slb" ? await standbyZones(context, given) : undefined;
    const open = new Set((await availableZones(context, FILE, given, "Zone")).map((zone) => zone.zoneId));
    const body = await describeZones(context, given);
    const found = listAt(body, "Zones.Zone")
      .filter((zone) => open.has(textAt(zone, "ZoneId")) && fits(zone, given))
      .filter((zone) => standby === undefined || standby.size === 0 || standby.has(textAt(zone, "ZoneId")))
      .sort((one, other) => (textAt(one, "ZoneId") < textAt(other, "ZoneId") ? -1 : 1));
    return results(
      given,
      found.map((zone) => textAt(zone, "ZoneId")),
      {
        zones: found.map((zone) => ({
          id: textAt(zone, "ZoneId"),
          slb_slave_zone_ids: standby?.get(textAt(zone, "ZoneId")) ?? [],
          ...(given.enable_details === true ? details(zone) : {}),
        })),
      },
    );
  },
};

const types = (zone: Body): readonly string[] => textsAt(zone, "AvailableInstanceTypes.InstanceTypes");
const disks = (zone: Body): readonly string[] => textsAt(zone, "AvailableDiskCategories.DiskCategories");

/** A zone without instance types or disks counts for nothing. */
function fits(zone: Body, given: ObjectValue): boolean {
  const [type, disk] = [argument(given, "available_instance_type"), argument(given, "available_disk_category")];
  return (
    types(zone).length > 0 &&
    disks(zone).length > 0 &&
    (type === undefined || types(zone).includes(type)) &&
    (disk === undefined || disks(zone).includes(disk))
  );
}

const details = (zone: Body): Record<string, unknown> => ({
  local_name: textAt(zone, "LocalName"),
  available_instance_types: types(zone),
  available_resource_creation: textsAt(zone, "AvailableResourceCreation.ResourceTypes"),
  available_disk_categories: disks(zone),
});
