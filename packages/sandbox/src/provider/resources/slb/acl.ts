import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import type { ObjectValue } from "../../values/value";
import { canonical, isArray, isObject } from "../../values/value";
import { oneOf } from "../../validate/rules";
import { changeTags, Operations, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { field } from "./servers";

const FILE = "resource_alicloud_slb_acl";
/** Entries of one call. */
const CHUNK = 50;

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await operations(context).send(
    "CreateAccessControlList",
    {
      ResourceGroupId: data.given("resource_group_id"),
      AclName: data.text("name").trim(),
      AddressIPVersion: data.given("ip_version"),
    },
    { id: "alicloud_slb_acl", limit: data.limit("create") },
  );
  data.id = textAt(body, "AclId");
  await changeParts(context);
}

async function changeParts(context: OperationContext): Promise<void> {
  const { data } = context;
  await changeTags(context, operations(context), "acl");
  if (!data.changed("entry_list")) return;
  const old = data.old("entry_list");
  const before = (isArray(old) ? old : []).filter(isObject);
  const after = data.objects("entry_list");
  const without = (all: readonly ObjectValue[], others: readonly ObjectValue[]): ObjectValue[] =>
    all.filter((one) => !others.some((other) => canonical(other) === canonical(one)));
  await change(context, "RemoveAccessControlListEntry", without(before, after));
  await change(context, "AddAccessControlListEntry", without(after, before));
}

async function change(context: OperationContext, action: string, entries: readonly ObjectValue[]): Promise<void> {
  for (let at = 0; at < entries.length; at += CHUNK) {
    const list = entries
      .slice(at, at + CHUNK)
      .map((one) => ({ entry: field(one, "entry"), comment: field(one, "comment") }));
    const request = { AclId: context.data.id, AclEntrys: JSON.stringify(list) };
    await operations(context).send(action, request, { limit: context.data.limit("update") });
  }
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  if (data.changed("name")) {
    const request = { AclId: data.id, AclName: data.text("name") };
    await operations(context).send("SetAccessControlListAttribute", request, { limit: data.limit("update") });
  }
  await changeParts(context);
}

/** The list as the cloud shows it, undefined when there is none. */
export async function describeAcl(calls: Operations, id: string): Promise<Body | undefined> {
  return calls.attempt("DescribeAccessControlListAttribute", { AclId: id }, { gone: ["AclNotExist"] });
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const tags = await operations(context).send("ListTagResources", { ResourceType: "acl", ResourceId: [data.id] });
  const acl = await describeAcl(operations(context), data.id);
  if (acl === undefined) return data.vanish();
  data.set("tags", tagsOf(listAt(tags, "TagResources.TagResource")));
  data.set("name", acl.AclName);
  data.set("resource_group_id", acl.ResourceGroupId);
  data.set("ip_version", acl.AddressIPVersion);
  data.set(
    "entry_list",
    listAt(acl, "AclEntrys.AclEntry").map((one) => ({ entry: one.AclEntryIP, comment: one.AclEntryComment })),
  );
}

async function remove(context: OperationContext): Promise<void> {
  const { data } = context;
  const options = { limit: data.limit("delete"), gone: ["AclNotExist"] };
  await operations(context).attempt("DeleteAccessControlList", { AclId: data.id }, options);
}

export const acl: ResourceType = {
  file: FILE,
  checks: { ip_version: oneOf("ipv4", "ipv6") },
  create,
  read,
  update,
  delete: remove,
};
