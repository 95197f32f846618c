import { listAt, textAt } from "../../api/body";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { describeAcl } from "./acl";

const FILE = "resource_alicloud_slb_acl_entry_attachment";

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

/** The id holds the list and the block; an IPv6 block has colons of its own. */
function parseId(id: string): readonly [acl: string, entry: string] {
  const at = id.indexOf(":");
  return [id.slice(0, at), id.slice(at + 1)];
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const entry = {
    entry: data.text("entry"),
    ...(data.given("comment") === undefined ? {} : { comment: data.text("comment") }),
  };
  await operations(context).send(
    "AddAccessControlListEntry",
    // The real provider puts an empty entry before it.
    { AclId: data.text("acl_id"), AclEntrys: JSON.stringify([null, entry]) },
    { id: "alicloud_slb_acl_entry_attachment" },
  );
  data.id = `${data.text("acl_id")}:${data.text("entry")}`;
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const [aclId, entry] = parseId(data.id);
  const acl = await describeAcl(operations(context), aclId);
  const found = listAt(acl, "AclEntrys.AclEntry").find((one) => textAt(one, "AclEntryIP") === entry);
  if (found === undefined) return data.vanish();
  data.set("acl_id", aclId);
  data.set("entry", entry);
  data.set("comment", found.AclEntryComment);
}

async function remove(context: OperationContext): Promise<void> {
  const [aclId, entry] = parseId(context.data.id);
  await operations(context).attempt(
    "RemoveAccessControlListEntry",
    { AclId: aclId, AclEntrys: JSON.stringify([null, { entry }]) },
    { gone: ["AclEntryEmpty"] },
  );
}

export const aclEntry: ResourceType = { file: FILE, create, read, delete: remove };
