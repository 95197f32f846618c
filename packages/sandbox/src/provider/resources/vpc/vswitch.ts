import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import { changeTags, Operations, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_vswitch";
const GONE = ["InvalidVswitchID.NotFound", "InvalidVSwitchId.NotFound"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Vpc");

async function describe(context: OperationContext): Promise<Body | undefined> {
  const body = await operations(context).attempt(
    "DescribeVSwitchAttributes",
    { VSwitchId: context.data.id },
    { gone: [] },
  );
  return body === undefined || body.VSwitchId === "" ? undefined : body;
}

async function settle(context: OperationContext, operation: "create" | "update"): Promise<void> {
  const { api, data } = context;
  await api.wait(data.id, data.limit(operation), async () => (await describe(context))?.Status === "Available");
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const zone = data.given("zone_id") ?? data.given("availability_zone");
  const options = { id: "alicloud_vswitch", token: true, limit: data.limit("create") };
  const mask = data.stated("ipv6_cidr_block_mask");
  const body =
    data.get("is_default") === true
      ? await operations(context).send("CreateDefaultVSwitch", { ZoneId: zone, Ipv6CidrBlock: mask }, options)
      : await operations(context).send(
          "CreateVSwitch",
          {
            CidrBlock: data.text("cidr_block"),
            VpcId: data.text("vpc_id"),
            VSwitchName: data.given("vswitch_name") ?? data.given("name"),
            Description: data.given("description"),
            ZoneId: zone,
            Ipv6CidrBlock: mask,
            VpcIpv6CidrBlock: data.given("vpc_ipv6_cidr_block"),
          },
          options,
        );
  data.id = textAt(body, "VSwitchId");
  await settle(context, "create");
  await changeTags(context, operations(context), "VSWITCH", "UnTagResources");
}

/** IPv6 can only be switched on together with a mask. */
function ipv6Change(context: OperationContext): { EnableIPv6?: boolean; Ipv6CidrBlock?: string } {
  const { data } = context;
  if (!data.anyChanged("enable_ipv6", "ipv6_cidr_block_mask")) return {};
  if (data.get("enable_ipv6") !== true) return data.changed("enable_ipv6") ? { EnableIPv6: false } : {};
  const mask = data.stated("ipv6_cidr_block_mask");
  if (mask === undefined)
    throw new ProviderError("attribute 'ipv6_cidr_block_mask' is required when 'enable_ipv6' is true");
  return { EnableIPv6: true, Ipv6CidrBlock: mask };
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  const changed = (name: string): string | undefined => (data.changed(name) ? data.text(name) : undefined);
  const request = {
    VSwitchName: changed("vswitch_name") ?? changed("name"),
    Description: changed("description"),
    VpcIpv6CidrBlock: changed("vpc_ipv6_cidr_block"),
    ...ipv6Change(context),
  };
  if (Object.values(request).some((value) => value !== undefined)) {
    const options = { limit: data.limit("update") };
    await operations(context).send("ModifyVSwitchAttribute", { VSwitchId: data.id, ...request }, options);
    await settle(context, "update");
  }
  await changeTags(context, operations(context), "VSWITCH", "UnTagResources");
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await describe(context);
  if (body === undefined) return data.vanish();
  data.set("cidr_block", body.CidrBlock);
  data.set("create_time", body.CreationTime);
  data.set("description", body.Description);
  data.set("ipv6_cidr_block", body.Ipv6CidrBlock);
  data.set("is_default", body.IsDefault);
  data.set("status", body.Status);
  data.set("vswitch_name", body.VSwitchName);
  data.set("name", body.VSwitchName);
  data.set("vpc_id", body.VpcId);
  data.set("zone_id", body.ZoneId);
  data.set("availability_zone", body.ZoneId);
  data.set("tags", tagsOf(listAt(body, "Tags.Tag")));
  // Once it is in state it stays: the cloud's answer does not tell.
  if (data.get("enable_ipv6") === null) data.set("enable_ipv6", body.Ipv6CidrBlock !== "");
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const limit = data.limit("delete");
  await operations(context).attempt("DeleteVSwitch", { VSwitchId: data.id }, { limit, gone: GONE });
  await api.wait(data.id, limit, async () => (await describe(context)) === undefined);
}

export const vswitch: ResourceType = { file: FILE, create, read, update, delete: remove };
