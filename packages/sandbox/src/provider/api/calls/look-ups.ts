import type { Ways } from "./way";
import { legacy, legacyLoop, tea, teaOnce } from "./way";

export const lookUpWays: Ways = {
  data_source_alicloud_account: { GetCallerIdentity: legacy() },
  data_source_alicloud_caller_identity: { GetCallerIdentity: legacy() },
  data_source_alicloud_eip_addresses: { DescribeEipAddresses: tea(), ListTagResources: tea() },
  data_source_alicloud_eipanycast_anycast_eip_addresses: { ListAnycastEipAddresses: teaOnce(true) },
  data_source_alicloud_images: { DescribeImages: legacyLoop(), DescribeTags: legacy() },
  data_source_alicloud_instance_types: {
    DescribeAvailableResource: legacyLoop(),
    DescribeInstanceTypes: tea(),
    DescribeImageSupportInstanceTypes: tea(),
    GetPayAsYouGoPrice: tea(),
    GetSubscriptionPrice: tea(),
  },
  data_source_alicloud_regions: { DescribeRegions: legacy() },
  data_source_alicloud_resource_manager_resource_groups: {
    ListResourceGroups: teaOnce(true),
    GetResourceGroup: tea(),
  },
  data_source_alicloud_slb_load_balancers: { DescribeLoadBalancers: tea(), DescribeLoadBalancerAttribute: tea() },
  data_source_alicloud_slb_zones: { DescribeAvailableResource: legacyLoop() },
  data_source_alicloud_vpcs: { DescribeVpcs: teaOnce(true), DescribeRouteTableList: tea() },
  data_source_alicloud_vswitches: { DescribeVSwitches: teaOnce(true) },
  data_source_alicloud_zones: {
    "DescribeAvailableResource (Slb)": legacy(),
    DescribeAvailableResource: legacyLoop(),
    DescribeZones: legacy(),
  },
};
