import points from "../../policies/data/access_points.json";
import address from "../../policies/data/anycast_address.json";
import mainland from "../../policies/data/mainland.json";
import regions from "../../policies/data/regions.json";
import terraform from "../../policies/data/terraform.json";

/**
 * What Alibaba Cloud documents about Anycast EIPs: the same files in `policies/data` that the policies use.
 */
export const ANYCAST_FACTS = {
  /** Names, areas, billing, bandwidth, quotas of an address. */
  address: address.anycast.address,
  /** What an address can be bound to, and how. */
  binding: address.anycast.binding,
  /** Regions of the resources it can be bound to: those of the quick start, and today's documented list. */
  regions: regions.anycast.regions,
} as const;

/** Terraform's names of what is bound, and of what it is bound to. */
export const TERRAFORM_TYPES = terraform.anycast.terraform;

/** Access points by area. Outside of mainland China there is no complete list. */
export const ACCESS_POINTS: Readonly<Record<AnycastArea, readonly string[]>> = points.anycast.access_points;

/** The area of a region or an access point, from its id. */
export function areaOf(id: string): AnycastArea {
  const { prefix, outside } = mainland.anycast.mainland;
  const isOutside = outside.some((region) => id === region || id === `${region}-pop`);
  return id.startsWith(prefix) && !isOutside ? "ChineseMainland" : "international";
}

/** Where users come from: `international` is outside mainland China. */
export type AnycastArea = "international" | "ChineseMainland";

/** `Default` serves every access point that has no origin of its own; an address has one. */
export type AssociationMode = "Default" | "Normal";
