import { anycastAddresses } from "./anycast-addresses";
import { eipAddresses } from "./eip-addresses";
import { account, callerIdentity } from "./identity";
import { images } from "./images";
import { instanceTypes } from "./instance-types";
import { loadBalancers } from "./load-balancers";
import { regions } from "./regions";
import { resourceGroups } from "./resource-groups";
import { slbZones } from "./slb-zones";
import type { DataSourceType } from "./type";
import { vpcs } from "./vpcs";
import { vswitches } from "./vswitches";
import { zones } from "./zones";

/** Every simulated data source. Some go by two names, as with the real provider. */
export const dataSourceTypes: ReadonlyMap<string, DataSourceType> = new Map([
  ["alicloud_account", account],
  ["alicloud_caller_identity", callerIdentity],
  ["alicloud_eip_addresses", eipAddresses],
  ["alicloud_eips", eipAddresses],
  ["alicloud_eipanycast_anycast_eip_addresses", anycastAddresses],
  ["alicloud_images", images],
  ["alicloud_instance_types", instanceTypes],
  ["alicloud_regions", regions],
  ["alicloud_resource_manager_resource_groups", resourceGroups],
  ["alicloud_slb_load_balancers", loadBalancers],
  ["alicloud_slbs", loadBalancers],
  ["alicloud_slb_zones", slbZones],
  ["alicloud_vpcs", vpcs],
  ["alicloud_vswitches", vswitches],
  ["alicloud_zones", zones],
]);
