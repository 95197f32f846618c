import address from "../../policies/data/anycast_address.json";
import regions from "../../policies/data/regions.json";

/**
 * What Alibaba Cloud says about Anycast EIPs, as the policies read it too: one copy, in `policies/data`.
 */
export const ANYCAST_FACTS = {
  /** Names, areas, billing, bandwidth, quotas of an address. */
  address: address.anycast.address,
  /** What an address can be bound to, and how. */
  binding: address.anycast.binding,
  /** Regions of the resources it can be bound to: those of the quick start, and today's documented list. */
  regions: regions.anycast.regions,
} as const;

/** Where users come from: `international` is outside mainland China. */
export type AnycastArea = "international" | "ChineseMainland";

/** `Default` serves every access point that has no origin of its own; an address has one. */
export type AssociationMode = "Default" | "Normal";
