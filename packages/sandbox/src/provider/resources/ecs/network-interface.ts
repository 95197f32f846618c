import type { Body } from "../../../cloud/contract";
import { listAt, textAt, textsAt } from "../../api/body";
import type { RequestValue } from "../../api/params";
import { isArray } from "../../values/value";
import { between } from "../../validate/rules";
import { changeTags, Operations, tagList, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_ecs_network_interface";
const GONE = [
  "InvalidEcsId.NotFound",
  "InvalidEniId.NotFound",
  "InvalidSecurityGroupId.NotFound",
  "InvalidVSwitchId.NotFound",
];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Ecs");

/** The interface as the cloud shows it, undefined when there is none with that id. */
export async function describeInterface(calls: Operations, id: string): Promise<Body | undefined> {
  const body = await calls.attempt("DescribeNetworkInterfaces", { NetworkInterfaceId: [id] }, { gone: GONE });
  return listAt(body, "NetworkInterfaceSets.NetworkInterfaceSet").find((one) => one.NetworkInterfaceId === id);
}

/** Addresses beyond the first. */
export const secondaryAddresses = (networkInterface: Body): readonly string[] =>
  listAt(networkInterface, "PrivateIpSets.PrivateIpSet")
    .filter((one) => one.Primary !== true)
    .map((one) => textAt(one, "PrivateIpAddress"));

async function create(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const first = (...names: readonly string[]): readonly string[] =>
    names.map((name) => data.texts(name)).find((list) => list.length > 0) ?? [];
  const body = await operations(context).send(
    "CreateNetworkInterface",
    {
      Description: data.given("description"),
      NetworkInterfaceName: data.given("network_interface_name") ?? data.given("name"),
      PrimaryIpAddress: data.given("primary_ip_address") ?? data.given("private_ip"),
      PrivateIpAddress: first("private_ip_addresses", "private_ips"),
      QueueNumber: data.given("queue_number"),
      ResourceGroupId: data.given("resource_group_id"),
      SecondaryPrivateIpAddressCount:
        data.given("secondary_private_ip_address_count") ?? data.given("private_ips_count"),
      SecurityGroupIds: first("security_group_ids", "security_groups"),
      Tag: tagList(data.map("tags")),
      VSwitchId: data.text("vswitch_id"),
      Ipv6Address: data.texts("ipv6_addresses"),
      Ipv6AddressCount: data.given("ipv6_address_count"),
      Ipv4Prefix: data.texts("ipv4_prefixes"),
      Ipv4PrefixCount: data.given("ipv4_prefix_count"),
      InstanceType: data.given("instance_type"),
      NetworkInterfaceTrafficMode: data.given("network_interface_traffic_mode"),
      SourceDestCheck: data.stated("source_dest_check"),
      DeleteOnRelease: data.stated("delete_on_release"),
    },
    {
      id: "alicloud_ecs_network_interface",
      token: true,
      limit: data.limit("create"),
    },
  );
  data.id = textAt(body, "NetworkInterfaceId");
  await api.wait(
    data.id,
    data.limit("create"),
    async () => (await describeInterface(operations(context), data.id))?.Status === "Available",
  );
}

async function update(context: OperationContext): Promise<void> {
  const { api, data } = context;
  await changeTags(context, operations(context), "eni");
  const plain = [
    "description",
    "network_interface_name",
    "name",
    "queue_number",
    "security_group_ids",
    "security_groups",
    "source_dest_check",
    "delete_on_release",
  ];
  if (data.anyChanged(...plain)) {
    const changed = (name: string): string | undefined => (data.changed(name) ? data.text(name) : undefined);
    const groups = ["security_group_ids", "security_groups"].find((name) => data.changed(name));
    await operations(context).send(
      "ModifyNetworkInterfaceAttribute",
      {
        NetworkInterfaceId: data.id,
        Description: changed("description"),
        NetworkInterfaceName: changed("network_interface_name") ?? changed("name"),
        QueueNumber: changed("queue_number"),
        SecurityGroupId: groups === undefined ? undefined : data.texts(groups),
        SourceDestCheck: changed("source_dest_check"),
        DeleteOnRelease: changed("delete_on_release"),
      },
      { limit: data.limit("update") },
    );
    await api.wait(
      data.id,
      data.limit("update"),
      async () => (await describeInterface(operations(context), data.id)) !== undefined,
    );
  }
  await changeAddresses(context);
}

/** One kind of address: the attributes that list it and that count it, and how the calls name it. */
const KINDS = [
  {
    lists: ["private_ip_addresses", "private_ips"],
    counts: ["secondary_private_ip_address_count", "private_ips_count"],
    parameter: "PrivateIpAddress",
    count: "SecondaryPrivateIpAddressCount",
    verb: "PrivateIpAddresses",
  },
  {
    lists: ["ipv6_addresses"],
    counts: ["ipv6_address_count"],
    parameter: "Ipv6Address",
    count: "Ipv6AddressCount",
    verb: "Ipv6Addresses",
  },
  {
    lists: ["ipv4_prefixes"],
    counts: ["ipv4_prefix_count"],
    parameter: "Ipv4Prefix",
    count: "Ipv4PrefixCount",
    verb: "PrivateIpAddresses",
  },
] as const;

async function changeAddresses(context: OperationContext): Promise<void> {
  const { data } = context;
  const send = async (action: string, name: string, value: RequestValue): Promise<void> => {
    await operations(context).send(
      action,
      { NetworkInterfaceId: data.id, [name]: value },
      { limit: data.limit("update"), token: action.startsWith("Assign") },
    );
  };
  for (const kind of KINDS) {
    const list = kind.lists.find((name) => data.changed(name));
    const count = kind.counts.find((name) => data.changed(name));
    const oldOf = (name: string): readonly string[] => {
      const old = data.old(name);
      return isArray(old) ? old.map(String) : [];
    };
    if (list !== undefined) {
      const [before, after] = [oldOf(list), data.texts(list)];
      const gone = before.filter((one) => !after.includes(one));
      const fresh = after.filter((one) => !before.includes(one));
      if (gone.length > 0) await send(`Unassign${kind.verb}`, kind.parameter, gone);
      if (fresh.length > 0) await send(`Assign${kind.verb}`, kind.parameter, fresh);
    } else if (count !== undefined) {
      const before = oldOf(kind.lists[0]);
      const more = Number(data.text(count)) - before.length;
      if (more > 0) await send(`Assign${kind.verb}`, kind.count, more);
      if (more < 0) await send(`Unassign${kind.verb}`, kind.parameter, before.slice(0, -more));
    }
  }
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const eni = await describeInterface(operations(context), data.id);
  if (eni === undefined) return data.vanish();
  data.set("description", eni.Description);
  data.set("mac", eni.MacAddress);
  for (const name of ["network_interface_name", "name"]) data.set(name, eni.NetworkInterfaceName);
  for (const name of ["primary_ip_address", "private_ip"]) data.set(name, eni.PrivateIpAddress);
  const secondary = secondaryAddresses(eni);
  for (const name of ["private_ips", "private_ip_addresses"]) data.set(name, secondary);
  for (const name of ["private_ips_count", "secondary_private_ip_address_count"]) data.set(name, secondary.length);
  const ipv6 = listAt(eni, "Ipv6Sets.Ipv6Set").map((one) => textAt(one, "Ipv6Address"));
  data.set("ipv6_addresses", ipv6);
  data.set("ipv6_address_count", ipv6.length);
  const prefixes = listAt(eni, "Ipv4PrefixSets.Ipv4PrefixSet").map((one) => textAt(one, "Ipv4Prefix"));
  data.set("ipv4_prefixes", prefixes);
  data.set("ipv4_prefix_count", prefixes.length);
  data.set("queue_number", eni.QueueNumber);
  data.set("resource_group_id", eni.ResourceGroupId);
  for (const name of ["security_group_ids", "security_groups"])
    data.set(name, textsAt(eni, "SecurityGroupIds.SecurityGroupId"));
  data.set("status", eni.Status);
  const tags = await operations(context).send("ListTagResources", { ResourceType: "eni", ResourceId: [data.id] });
  data.set("tags", tagsOf(listAt(tags, "TagResources.TagResource")));
  data.set("vswitch_id", eni.VSwitchId);
  data.set("instance_type", eni.Type);
  data.set("network_interface_traffic_mode", eni.NetworkInterfaceTrafficMode);
  data.set("source_dest_check", eni.SourceDestCheck);
  data.set("delete_on_release", eni.DeleteOnRelease);
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const limit = data.limit("delete");
  await operations(context).attempt("DeleteNetworkInterface", { NetworkInterfaceId: data.id }, { limit, gone: GONE });
  await api.wait(data.id, limit, async () => (await describeInterface(operations(context), data.id)) === undefined);
}

export const networkInterface: ResourceType = {
  file: FILE,
  checks: { ipv4_prefix_count: between(1, 10), ipv6_address_count: between(1, 10) },
  create,
  read,
  update,
  delete: remove,
};
