import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { regionFact, zonesOf } from "../data/regions";

/** DescribeAvailableResource: each pair of zones of the region with what can be made there. */
function describeAvailableResource(call: Call): Body {
  const region = call.needRegion();
  const type = call.params.text("AddressType")?.toLowerCase();
  const version = call.params.text("AddressIPVersion")?.toLowerCase();
  const offered = ["vpc", "classic_internet", "classic_intranet"]
    .flatMap((AddressType) => ["ipv4", "ipv6"].map((AddressIPVersion) => ({ AddressType, AddressIPVersion })))
    // IPv6 is there for internal load balancers in a VPC and for internet-facing ones.
    .filter((one) => one.AddressIPVersion === "ipv4" || one.AddressType !== "classic_intranet")
    .filter(
      (one) =>
        (type === undefined || one.AddressType === type) && (version === undefined || one.AddressIPVersion === version),
    );
  const zones = zonesOf(region);
  const rows = zones.map((MasterZoneId, index) => ({
    MasterZoneId,
    SlaveZoneId: zones[(index + 1) % zones.length]!,
    SupportResources: { SupportResource: offered },
  }));
  return { AvailableResources: { AvailableResource: offered.length === 0 ? [] : rows } };
}

function describeRegions(call: Call): Body {
  const rows = call.settings.regions.map((RegionId) => ({
    RegionId,
    LocalName: regionFact(RegionId)!.name,
    RegionEndpoint: call.context.endpoint ?? "",
  }));
  return { Regions: { Region: rows } };
}

function describeZones(call: Call): Body {
  const zones = zonesOf(call.needRegion());
  const rows = zones.map((ZoneId, index) => ({
    ZoneId,
    LocalName: ZoneId,
    SlaveZones: {
      SlaveZone: [{ ZoneId: zones[(index + 1) % zones.length]!, LocalName: zones[(index + 1) % zones.length]! }],
    },
  }));
  return { Zones: { Zone: rows } };
}

export const slbLookupActions: Actions = {
  DescribeAvailableResource: describeAvailableResource,
  DescribeRegions: describeRegions,
  DescribeZones: describeZones,
};
