import { listAt, textAt } from "../api/body";
import { tagsOf } from "../resources/operation";
import { oneOf, regularExpression } from "../validate/rules";
import { argument, askAll, localFilter, rename, results } from "./shared";
import type { DataSourceType } from "./type";
import { tagFilter } from "./vpcs";

const FILE = "data_source_alicloud_vswitches";
const FIELDS = {
  creation_time: "CreationTime",
  available_ip_address_count: "AvailableIpAddressCount",
  cidr_block: "CidrBlock",
  description: "Description",
  is_default: "IsDefault",
  resource_group_id: "ResourceGroupId",
  route_table_id: "RouteTable.RouteTableId",
  status: "Status",
  id: "VSwitchId",
  vswitch_id: "VSwitchId",
  vswitch_name: "VSwitchName",
  name: "VSwitchName",
  vpc_id: "VpcId",
  zone_id: "ZoneId",
};

export const vswitches: DataSourceType = {
  file: FILE,
  checks: { name_regex: regularExpression, status: oneOf("Available", "Pending") },
  read: async (given, context) => {
    const all = await askAll(
      context,
      FILE,
      "Vpc",
      "DescribeVSwitches",
      {
        DryRun: argument(given, "dry_run"),
        IsDefault: argument(given, "is_default"),
        ResourceGroupId: argument(given, "resource_group_id"),
        RouteTableId: argument(given, "route_table_id"),
        Tag: tagFilter(given),
        VSwitchName: argument(given, "vswitch_name"),
        VSwitchOwnerId: argument(given, "vswitch_owner_id"),
        VpcId: argument(given, "vpc_id"),
        ZoneId: argument(given, "zone_id"),
      },
      "VSwitches.VSwitch",
    );
    const local = localFilter(given, "VSwitchId", "VSwitchName");
    const [cidr, status] = ["cidr_block", "status"].map((name) => argument(given, name));
    const found = all.filter(
      (one) =>
        local(one) && (cidr === undefined || one.CidrBlock === cidr) && (status === undefined || one.Status === status),
    );
    return results(
      given,
      found.map((one) => textAt(one, "VSwitchId")),
      {
        vswitches: found.map((one) => ({
          ...rename(one, FIELDS),
          ipv6_cidr_block: textAt(one, "Ipv6CidrBlock"),
          enable_ipv6: textAt(one, "Ipv6CidrBlock") !== "",
          tags: tagsOf(listAt(one, "Tags.Tag")),
        })),
        names: found.map((one) => textAt(one, "VSwitchName")),
      },
    );
  },
};
