import type { Body } from "../../cloud/contract";
import { listAt, textAt, textsAt } from "../api/body";
import type { Request } from "../api/params";
import { tagList, tagsOf } from "../resources/operation";
import type { ObjectValue } from "../values/value";
import { isObject } from "../values/value";
import { oneOf, regularExpression } from "../validate/rules";
import { argument, ask, askAll, localFilter, rename, results } from "./shared";
import type { DataSourceContext, DataSourceType } from "./type";

const FILE = "data_source_alicloud_vpcs";
const FIELDS = {
  region_id: "RegionId",
  creation_time: "CreationTime",
  cidr_block: "CidrBlock",
  description: "Description",
  dhcp_options_set_id: "DhcpOptionsSetId",
  dhcp_options_set_status: "DhcpOptionsSetStatus",
  dns_hostname_status: "DnsHostnameStatus",
  ipv6_cidr_block: "Ipv6CidrBlock",
  is_default: "IsDefault",
  resource_group_id: "ResourceGroupId",
  router_id: "VRouterId",
  vrouter_id: "VRouterId",
  status: "Status",
  id: "VpcId",
  vpc_id: "VpcId",
  vpc_name: "VpcName",
};

/** Tags of an argument, as a request filters by them. */
export function tagFilter(given: ObjectValue): ReturnType<typeof tagList> {
  const tags = given.tags ?? null;
  return isObject(tags)
    ? tagList(Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value ?? "")])))
    : [];
}

async function routeTable(context: DataSourceContext, vpc: Body): Promise<string> {
  const body = await ask(context, FILE, "Vpc", "DescribeRouteTableList", {
    VpcId: textAt(vpc, "VpcId"),
    PageSize: 50,
    PageNumber: 1,
  });
  const table = listAt(body, "RouterTableList.RouterTableListType").find((one) => one.RouteTableType === "System");
  return textAt(table, "RouteTableId");
}

export const vpcs: DataSourceType = {
  file: FILE,
  checks: { name_regex: regularExpression, status: oneOf("Available", "Pending") },
  read: async (given, context) => {
    const request: Request = {
      DhcpOptionsSetId: argument(given, "dhcp_options_set_id"),
      DryRun: argument(given, "dry_run"),
      IsDefault: argument(given, "is_default"),
      ResourceGroupId: argument(given, "resource_group_id"),
      Tag: tagFilter(given),
      VpcName: argument(given, "vpc_name"),
      VpcOwnerId: argument(given, "vpc_owner_id"),
    };
    const page = argument(given, "page_number");
    const size = Number(argument(given, "page_size") ?? 50);
    const one = await ask(context, FILE, "Vpc", "DescribeVpcs", { ...request, PageNumber: page ?? 1, PageSize: size });
    const total = Number(one.TotalCount ?? 0);
    // One page asked for by number is given as it is: the local filters are not applied.
    const found =
      page === undefined
        ? (await askAll(context, FILE, "Vpc", "DescribeVpcs", request, "Vpcs.Vpc", size)).filter(wanted(given))
        : listAt(one, "Vpcs.Vpc");
    const items: Record<string, unknown>[] = [];
    for (const vpc of found) {
      items.push({
        ...rename(vpc, FIELDS),
        secondary_cidr_blocks: textsAt(vpc, "SecondaryCidrBlocks.SecondaryCidrBlock"),
        user_cidrs: textsAt(vpc, "UserCidrs.UserCidr"),
        vswitch_ids: textsAt(vpc, "VSwitchIds.VSwitchId"),
        tags: tagsOf(listAt(vpc, "Tags.Tag")),
        route_table_id: given.enable_details === false ? undefined : await routeTable(context, vpc),
      });
    }
    return results(
      given,
      found.map((vpc) => textAt(vpc, "VpcId")),
      {
        vpcs: items,
        names: found.map((vpc) => textAt(vpc, "VpcName")),
        total_count: total,
      },
    );
  },
};

function wanted(given: ObjectValue): (vpc: Body) => boolean {
  const local = localFilter(given, "VpcId", "VpcName");
  const [cidr, status, vswitch] = ["cidr_block", "status", "vswitch_id"].map((name) => argument(given, name));
  return (vpc) =>
    local(vpc) &&
    (cidr === undefined || vpc.CidrBlock === cidr) &&
    (status === undefined || vpc.Status === status) &&
    (vswitch === undefined || textsAt(vpc, "VSwitchIds.VSwitchId").includes(vswitch));
}
