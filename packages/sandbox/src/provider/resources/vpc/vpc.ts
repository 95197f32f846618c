import type { Body } from "../../../cloud/contract";
import { listAt, textAt, at } from "../../api/body";
import { canonical, isArray } from "../../values/value";
import { oneOf } from "../../validate/rules";
import { changeTags, Operations, tagList, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_vpc";

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Vpc");

const dnsFlag = (status: string | undefined): string | undefined =>
  status === "ENABLED" ? "true" : status === "DISABLED" ? "false" : undefined;

async function describe(context: OperationContext): Promise<Body | undefined> {
  const body = await operations(context).attempt("DescribeVpcAttribute", { VpcId: context.data.id }, { gone: [] });
  return body === undefined || body.VpcId === "" ? undefined : body;
}

async function systemRouteTable(context: OperationContext): Promise<Body | undefined> {
  const { id } = context.data;
  const body = await operations(context).send("DescribeRouteTableList", { VpcId: id });
  return listAt(body, "RouterTableList.RouterTableListType").find(
    (table) => table.RouteTableType === "System" && table.VpcId === id,
  );
}

async function settle(context: OperationContext, operation: "create" | "update"): Promise<void> {
  const { api, data } = context;
  await api.wait(data.id, data.limit(operation), async () => (await describe(context))?.Status === "Available");
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const limit = data.limit("create");
  const isDefault = data.get("is_default") === true;
  const body = isDefault
    ? await operations(context).send(
        "CreateDefaultVpc",
        {
          Ipv6CidrBlock: data.given("ipv6_cidr_block"),
          EnableIpv6: data.stated("enable_ipv6"),
          ResourceGroupId: data.given("resource_group_id"),
        },
        { id: "alicloud_vpc", token: true, limit },
      )
    : await operations(context).send(
        "CreateVpc",
        {
          CidrBlock: data.given("cidr_block"),
          VpcName: data.given("vpc_name") ?? data.given("name"),
          Description: data.given("description"),
          ResourceGroupId: data.given("resource_group_id"),
          UserCidr: data.texts("user_cidrs").join(",") || undefined,
          Ipv6Isp: data.given("ipv6_isp"),
          EnableIpv6: data.stated("enable_ipv6"),
          Ipv4IpamPoolId: data.given("ipv4_ipam_pool_id"),
          Tag: tagList(data.map("tags")),
          DryRun: data.stated("dry_run"),
          EnableDnsHostname: dnsFlag(data.given("dns_hostname_status")),
          Ipv4CidrMask: data.stated("ipv4_cidr_mask"),
          Ipv6CidrBlock: data.given("ipv6_cidr_block"),
        },
        { id: "alicloud_vpc", token: true, limit },
      );
  data.id = textAt(body, "VpcId");
  await settle(context, "create");
  await changeParts(context);
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  const names = ["description", "name", "vpc_name", "cidr_block", "enable_ipv6", "ipv6_isp", "dns_hostname_status"];
  if (data.anyChanged(...names)) {
    const changed = (name: string): string | undefined => (data.changed(name) ? data.text(name) : undefined);
    await operations(context).send(
      "ModifyVpcAttribute",
      {
        VpcId: data.id,
        Description: changed("description"),
        VpcName: changed("vpc_name") ?? changed("name"),
        CidrBlock: changed("cidr_block"),
        EnableIPv6: changed("enable_ipv6"),
        Ipv6Isp: changed("ipv6_isp"),
        EnableDnsHostname: data.changed("dns_hostname_status") ? dnsFlag(data.given("dns_hostname_status")) : undefined,
      },
      { limit: data.limit("update") },
    );
    await settle(context, "update");
    const dns = data.given("dns_hostname_status");
    if (data.changed("dns_hostname_status") && dns !== undefined) {
      await context.api.wait(
        data.id,
        data.limit("update"),
        async () => (await describe(context))?.DnsHostnameStatus === dns,
      );
    }
  }
  if (data.changed("resource_group_id") && data.given("resource_group_id") !== undefined) {
    await operations(context).send("MoveResourceGroup", {
      ResourceId: data.id,
      NewResourceGroupId: data.text("resource_group_id"),
      ResourceType: "VPC",
    });
  }
  await changeParts(context);
}

/** What create and update do alike, in the real provider's order. */
async function changeParts(context: OperationContext): Promise<void> {
  const { data } = context;
  const calls = operations(context);
  const link = data.get("classic_link_enabled") === true;
  if (data.changed("classic_link_enabled") && (await describe(context))?.ClassicLinkEnabled !== link) {
    await calls.send(link ? "EnableVpcClassicLink" : "DisableVpcClassicLink", { VpcId: data.id }, { token: true });
  }
  const table = await systemRouteTable(context);
  if (table === undefined) throw new Error(`The VPC ${data.id} has no system route table.`);
  const propagation = "system_route_table_route_propagation_enable";
  const propagationChanges = data.isNew ? data.get(propagation) === false : data.changed(propagation);
  if (data.anyChanged("system_route_table_name", "system_route_table_description") || propagationChanges) {
    await calls.send("ModifyRouteTableAttributes", {
      RouteTableId: textAt(table, "RouteTableId"),
      Description: data.changed("system_route_table_description")
        ? data.text("system_route_table_description")
        : undefined,
      RouteTableName: data.changed("system_route_table_name") ? data.text("system_route_table_name") : undefined,
      RoutePropagationEnable: propagationChanges ? data.text(propagation) : undefined,
    });
  }
  await changeSecondaryBlocks(context);
  await changeTags(context, calls, "VPC", "UnTagResources");
}

async function changeSecondaryBlocks(context: OperationContext): Promise<void> {
  const { data } = context;
  const old = data.old("secondary_cidr_blocks");
  const before = isArray(old) ? old.map(String) : [];
  if (data.get("secondary_cidr_blocks") === null || !data.changed("secondary_cidr_blocks")) return;
  const after = data.texts("secondary_cidr_blocks");
  for (const block of before.filter((one) => !after.includes(one))) {
    await operations(context).send("UnassociateVpcCidrBlock", { VpcId: data.id, SecondaryCidrBlock: block });
    await settle(context, "update");
  }
  for (const block of after.filter((one) => !before.includes(one))) {
    await operations(context).send("AssociateVpcCidrBlock", {
      VpcId: data.id,
      SecondaryCidrBlock: block,
      IpVersion: "IPV4",
      SecondaryCidrMask: data.stated("secondary_cidr_mask"),
    });
    await settle(context, "update");
  }
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await describe(context);
  if (body === undefined) return data.vanish();
  data.set("cidr_block", body.CidrBlock);
  data.set("classic_link_enabled", body.ClassicLinkEnabled);
  data.set("create_time", body.CreationTime);
  data.set("description", body.Description);
  data.set("dns_hostname_status", body.DnsHostnameStatus);
  data.set("enable_ipv6", body.EnabledIpv6);
  data.set("ipv6_cidr_block", body.Ipv6CidrBlock);
  data.set("region_id", body.RegionId);
  data.set("is_default", body.IsDefault);
  data.set("status", body.Status);
  data.set("vpc_name", body.VpcName);
  data.set("name", body.VpcName);
  const blocks = listAt(body, "Ipv6CidrBlocks.Ipv6CidrBlock");
  data.set(
    "ipv6_cidr_blocks",
    blocks.map((one) => ({ ipv6_cidr_block: one.Ipv6CidrBlock, ipv6_isp: one.Ipv6Isp })),
  );
  // Without a line of its own the attribute stays as it is.
  data.setIfGiven("ipv6_isp", body.Ipv6Isp || blocks[0]?.Ipv6Isp || undefined);
  data.set("secondary_cidr_blocks", at(body, "SecondaryCidrBlocks.SecondaryCidrBlock"));
  data.set("tags", tagsOf(listAt(body, "Tags.Tag")));
  data.set("user_cidrs", at(body, "UserCidrs.UserCidr"));
  const table = await systemRouteTable(context);
  data.set("resource_group_id", table?.ResourceGroupId ?? body.ResourceGroupId);
  data.set("route_table_id", table?.RouteTableId);
  data.set("router_table_id", table?.RouteTableId);
  data.set("router_id", table?.RouterId ?? body.VRouterId);
  data.set("system_route_table_description", table?.Description);
  data.set("system_route_table_name", table?.RouteTableName);
  data.set("system_route_table_route_propagation_enable", table?.RoutePropagationEnable);
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const limit = data.limit("delete");
  await operations(context).attempt(
    "DeleteVpc",
    { VpcId: data.id, DryRun: data.stated("dry_run"), ForceDelete: data.stated("force_delete") },
    {
      token: true,
      limit,
      gone: ["InvalidResource.NotFound"],
    },
  );
  await api.wait(data.id, limit, async () => (await describe(context)) === undefined);
}

export const vpc: ResourceType = {
  file: FILE,
  skippable: true,
  checks: { dns_hostname_status: oneOf("ENABLED", "DISABLED") },
  plan: {
    // Neither the order of the blocks nor how often one is named tells anything.
    suppress: {
      secondary_cidr_blocks: (look, old, next) => {
        const blocks = (text: string): string | undefined => {
          const list: unknown = text.startsWith("[") && !text.includes("?") ? JSON.parse(text) : undefined;
          return Array.isArray(list) && list.length > 0 ? canonical([...new Set(list.map(String))].sort()) : undefined;
        };
        return blocks(old) !== undefined && blocks(old) === blocks(next);
      },
    },
  },
  create,
  read,
  update,
  delete: remove,
};
