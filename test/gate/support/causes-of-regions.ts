import { all, type Cause, nothing, plans, sourceOf } from "./causes";
import { ADDRESS, ATTACHMENT, block, CLB, type Json } from "./plan";

const VSWITCH = "alicloud_vswitch";

const region = (id: string) => (plan: Json) => {
  plan.configuration.provider_config.alicloud.expressions = { region: { constant_value: id } };
  plans(VSWITCH, { zone_id: `${id}a` })(plan);
};
const inRegion = (region: string): string =>
  sourceOf("alicloud_slb_load_balancer.lb.id").replace('region = "ap-southeast-1"', `region = ${region}`);
const withoutRegion = (plan: Json): void => {
  delete plan.configuration.provider_config.alicloud.expressions;
};

const FIX_OF_VSWITCH =
  /^Give alicloud_vswitch\.s the provider configuration of alicloud_slb_load_balancer\.lb, or give alicloud_slb_load_balancer\.lb a vSwitch of ap-southeast-1\.$/;

/** Has the vSwitch created by a provider configuration of its own. */
const by = (key: string, expressions?: Json) => (plan: Json) => {
  const { alicloud } = plan.configuration.provider_config;
  plan.configuration.provider_config[key] = { ...alicloud, alias: key.slice(9), expressions };
  block(plan, VSWITCH).provider_config_key = key;
};
const byTheSame = (plan: Json): void => {
  block(plan, VSWITCH).provider_config_key = "alicloud";
};

/** What is wrong with a region. */
export const OF_REGIONS: readonly Cause[] = [
  {
    title: "a region that the binding does not share",
    rule: "binding/region-matches-target",
    made: plans(ATTACHMENT, { bind_instance_region_id: "eu-central-1" }),
    fix: /^Set bind_instance_region_id = "ap-southeast-1", best from the value that the provider takes its region from/,
    carriedOut: plans(ATTACHMENT, { bind_instance_region_id: "ap-southeast-1" }),
  },
  {
    title: "a region from the environment, fixed by writing it into the configuration",
    rule: "binding/region-matches-target",
    made: withoutRegion,
    fix: /^Write the region into the provider configuration, or run the check with --region-from-env REGION where environment variables set it\.$/,
    carriedOut: region("ap-southeast-1"),
  },
  {
    title: "a region from the environment, fixed with --region-from-env",
    rule: "binding/region-matches-target",
    made: withoutRegion,
    fix: /or run the check with --region-from-env REGION where environment variables set it\.$/,
    carriedOut: nothing,
    then: { settings: { region_from_env: "ap-southeast-1" } },
  },
  {
    title: "a region that is not in the plan",
    rule: "binding/region-matches-target",
    made: (plan) => (plan.configuration.provider_config.alicloud.expressions = { region: { references: ["local.r"] } }),
    fix: /^Write the provider's region as a text or a variable, or check the saved plan file instead of its JSON\.$/,
    carriedOut: region("ap-southeast-1"),
  },
  {
    title: "a region that is read from a file",
    rule: "binding/region-matches-target",
    source: inRegion('trimspace(file("region.txt"))'),
    made: (plan) => (plan.configuration.provider_config.alicloud.expressions = { region: {} }),
    fix: /^Write the provider's region as a text, or take it from variables and locals that are known when the plan is made\.$/,
    carriedOut: region("ap-southeast-1"),
    then: { source: inRegion('"ap-southeast-1"') },
  },
  {
    title: "a binding's region that is known only after apply",
    rule: "binding/region-matches-target",
    made: plans(ATTACHMENT, { bind_instance_region_id: undefined }),
    fix: /^Set bind_instance_region_id to a value that is known when the plan is made: the one that the provider takes its region from\.$/,
    carriedOut: plans(ATTACHMENT, { bind_instance_region_id: "ap-southeast-1" }),
  },
  {
    title: "a region that cannot be shown to be supported",
    rule: "binding/supported-region",
    made: plans(ATTACHMENT, { bind_instance_region_id: undefined }),
    fix: /^Set bind_instance_region_id to a value that is known when the plan is made\.$/,
    carriedOut: plans(ATTACHMENT, { bind_instance_region_id: "ap-southeast-1" }),
  },
  {
    title: "a region that is not on the list",
    rule: "binding/supported-region",
    made: all(plans(ATTACHMENT, { bind_instance_region_id: "us-west-1" }), region("us-west-1")),
    fix: /^Bind in one of the supported regions, or widen `regions` in anycast\.yaml after checking that Alibaba Cloud supports the region for Anycast EIP\.$/,
    carriedOut: nothing,
    then: { settings: { regions: "current" } },
  },
  {
    title: "a region that the cloud does not list",
    rule: "binding/supported-region",
    settings: { live: { regions: ["cn-hongkong"] } },
    made: nothing,
    fix: /^Bind a load balancer in a region that DescribeAnycastServerRegions names\.$/,
    carriedOut: all(region("cn-hongkong"), plans(ATTACHMENT, { bind_instance_region_id: "cn-hongkong" })),
  },
  {
    title: "a vSwitch of another region",
    rule: "binding/one-region",
    made: by("alicloud.hk", { region: { constant_value: "cn-hongkong" } }),
    fix: FIX_OF_VSWITCH,
    carriedOut: byTheSame,
  },
  {
    title: "a vSwitch whose region is not in the plan",
    rule: "binding/one-region",
    made: by("alicloud.hk"),
    fix: /or run the check with --region-from-env REGION where environment variables set it\.$/,
    carriedOut: nothing,
    then: { settings: { region_from_env: "ap-southeast-1" } },
  },
  {
    title: "a zone of another region",
    rule: "binding/one-region",
    made: plans(CLB, { master_zone_id: "cn-hongkong-b" }),
    fix: /^Set master_zone_id of alicloud_slb_load_balancer\.lb to a zone of ap-southeast-1, or give it a provider configuration of the region that the zone is in\.$/,
    carriedOut: plans(CLB, { master_zone_id: "ap-southeast-1a" }),
  },
  {
    title: "a region from the environment that the plan contradicts",
    rule: "binding/region-matches-target",
    settings: { region_from_env: "cn-hongkong" },
    made: all(withoutRegion, plans(VSWITCH, { zone_id: "ap-southeast-1a" })),
    fix: /^Name the region that the environment of the apply sets \(--region-from-env REGION, or ALICLOUD_REGION\), or write the region into the provider configuration\.$/,
    carriedOut: nothing,
    then: { settings: { region_from_env: "ap-southeast-1" } },
  },
  {
    title: "a region from the environment that the plan contradicts, fixed by writing it into the configuration",
    rule: "binding/region-matches-target",
    settings: { region_from_env: "cn-hongkong" },
    made: all(withoutRegion, plans(VSWITCH, { zone_id: "ap-southeast-1a" })),
    fix: /, or write the region into the provider configuration\.$/,
    carriedOut: region("ap-southeast-1"),
  },
  {
    title: "a region of the other area",
    rule: "binding/region-in-area",
    made: plans(ADDRESS, { service_location: "ChineseMainland" }),
    fix: /^Bind a load balancer in a region of the area, or create the Anycast EIP with the other service_location\.$/,
    carriedOut: plans(ADDRESS, { service_location: "international" }),
  },
];
