import { all, type Cause, plans } from "./causes";
import { ADDRESS, block, references } from "./plan";

/** What is wrong with an Anycast EIP. */
export const OF_ADDRESSES: readonly Cause[] = [
  {
    title: "a name that the cloud refuses",
    rule: "address/name",
    made: plans(ADDRESS, { anycast_eip_address_name: "1" }),
    fix: /^Choose a name of 2 to 128 letters, digits, `_` and `-` that starts with a letter\.$/,
    carriedOut: plans(ADDRESS, { anycast_eip_address_name: "demo" }),
  },
  {
    title: "an unknown area",
    rule: "address/area",
    made: plans(ADDRESS, { service_location: "Europe" }),
    fix: /^Set service_location = "international" or "ChineseMainland"\.$/,
    carriedOut: plans(ADDRESS, { service_location: "international" }),
  },
  {
    title: "a bandwidth out of range",
    rule: "address/bandwidth",
    made: plans(ADDRESS, { bandwidth: 100 }),
    fix: /^Choose a bandwidth within the range, or leave it out\.$/,
    carriedOut: plans(ADDRESS, { bandwidth: 200 }),
  },
  {
    title: "another billing",
    rule: "address/billing",
    made: plans(ADDRESS, { internet_charge_type: "PayByBandwidth" }),
    fix: /^Leave internet_charge_type and payment_type out, or set PayByTraffic and PayAsYouGo\.$/,
    carriedOut: plans(ADDRESS, { internet_charge_type: "PayByTraffic" }),
  },
  ...(["anycast_eip_address_name", "service_location", "bandwidth", "payment_type"] as const).map(
    (attribute, i): Cause => ({
      title: `${attribute} that is known only after apply`,
      rule: ["address/name", "address/area", "address/bandwidth", "address/billing"][i]!,
      made: all(plans(ADDRESS, { [attribute]: undefined }), (plan) => {
        block(plan, ADDRESS).expressions[attribute] = references("alicloud_vpc.v.id");
      }),
      fix: new RegExp(`^Set ${attribute} to a value that is known when the plan is made\\.$`),
      carriedOut: plans(ADDRESS, { [attribute]: ["demo", "international", 200, "PayAsYouGo"][i] }),
    }),
  ),
];
