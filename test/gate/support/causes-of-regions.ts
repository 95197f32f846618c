import { all, type Cause, nothing, plans } from "./causes";
import { ADDRESS, ATTACHMENT, type Json } from "./plan";

const region = (id: string) => (plan: Json) => {
  plan.configuration.provider_config.alicloud.expressions = { region: { constant_value: id } };
};
const withoutRegion = (plan: Json): void => {
  delete plan.configuration.provider_config.alicloud.expressions;
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
    title: "a region from the environment, written down",
    rule: "binding/region-matches-target",
    made: withoutRegion,
    fix: /^Write the region into the provider configuration, or run the check with --region-from-env REGION where environment variables set it\.$/,
    carriedOut: region("ap-southeast-1"),
  },
  {
    title: "a region from the environment, told with --region-from-env",
    rule: "binding/region-matches-target",
    made: withoutRegion,
    fix: /or run the check with --region-from-env REGION where environment variables set it\.$/,
    carriedOut: nothing,
    then: { settings: { region_from_env: "ap-southeast-1" } },
  },
  {
    title: "a region that the plan does not hold",
    rule: "binding/region-matches-target",
    made: (plan) => (plan.configuration.provider_config.alicloud.expressions = { region: { references: ["local.r"] } }),
    fix: /^Write the provider's region as a text or a variable, or check the saved plan file instead of its JSON\.$/,
    carriedOut: region("ap-southeast-1"),
  },
  {
    title: "a binding's region that is known only after apply",
    rule: "binding/region-matches-target",
    made: plans(ATTACHMENT, { bind_instance_region_id: undefined }),
    fix: /^Set bind_instance_region_id to a value that is known when the plan is made: the one that the provider takes its region from\.$/,
    carriedOut: plans(ATTACHMENT, { bind_instance_region_id: "ap-southeast-1" }),
  },
  {
    title: "a region that cannot be told to be supported",
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
    title: "a region that the cloud does not name",
    rule: "binding/supported-region",
    settings: { live: { regions: ["cn-hongkong"] } },
    made: nothing,
    fix: /^Bind a load balancer in a region that DescribeAnycastServerRegions names\.$/,
    carriedOut: all(region("cn-hongkong"), plans(ATTACHMENT, { bind_instance_region_id: "cn-hongkong" })),
  },
  {
    title: "a region of the other area",
    rule: "binding/region-in-area",
    made: plans(ADDRESS, { service_location: "ChineseMainland" }),
    fix: /^Bind a load balancer in a region of the area, or create the Anycast EIP with the other service_location\.$/,
    carriedOut: plans(ADDRESS, { service_location: "international" }),
  },
];
