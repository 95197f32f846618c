import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { oneOf } from "../../validate/rules";
import { changeTags, Operations, tagList, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_security_group";

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Ecs");

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await operations(context).send(
    "CreateSecurityGroup",
    {
      SecurityGroupType: data.given("security_group_type"),
      Tag: tagList(data.map("tags")),
      Description: data.given("description"),
      VpcId: data.given("vpc_id"),
      SecurityGroupName: data.given("security_group_name") ?? data.given("name"),
      ResourceGroupId: data.given("resource_group_id"),
    },
    { id: "alicloud_security_group", token: true, limit: data.limit("create") },
  );
  data.id = textAt(body, "SecurityGroupId");
  await changePolicy(context);
}

async function changePolicy(context: OperationContext): Promise<void> {
  const { data } = context;
  const current = textAt(
    await operations(context).send("DescribeSecurityGroupAttribute", { SecurityGroupId: data.id }),
    "InnerAccessPolicy",
  );
  const inner = data.get("inner_access");
  const byFlag = inner === null || inner === (current === "Accept") ? undefined : inner === true ? "Accept" : "Drop";
  // What is asked by name is sent even when it is so already.
  const wanted = byFlag ?? (data.changed("inner_access_policy") ? data.given("inner_access_policy") : undefined);
  if (wanted === undefined) return;
  await operations(context).send(
    "ModifySecurityGroupPolicy",
    { SecurityGroupId: data.id, InnerAccessPolicy: wanted },
    { token: true, limit: data.limit("update") },
  );
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  if (data.anyChanged("security_group_name", "name", "description")) {
    const name = data.changed("security_group_name") ? data.given("security_group_name") : undefined;
    await operations(context).send("ModifySecurityGroupAttribute", {
      SecurityGroupId: data.id,
      SecurityGroupName: name ?? (data.changed("name") ? data.given("name") : undefined),
      Description: data.changed("description") ? data.text("description") : undefined,
    });
  }
  await changePolicy(context);
  if (data.changed("resource_group_id") && data.given("resource_group_id") !== undefined) {
    await operations(context).send("JoinResourceGroup", {
      ResourceId: data.id,
      ResourceType: "securitygroup",
      ResourceGroupId: data.given("resource_group_id"),
    });
  }
  await changeTags(context, operations(context), "securitygroup");
}

async function describe(context: OperationContext): Promise<Body | undefined> {
  const body = await operations(context).attempt(
    "DescribeSecurityGroups",
    { SecurityGroupId: context.data.id },
    { gone: [] },
  );
  return listAt(body, "SecurityGroups.SecurityGroup")[0];
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const group = await describe(context);
  if (group === undefined) return data.vanish();
  data.setIfGiven("create_time", group.CreationTime);
  data.setIfGiven("description", group.Description);
  data.setIfGiven("resource_group_id", group.ResourceGroupId);
  data.setIfGiven("security_group_name", group.SecurityGroupName);
  data.setIfGiven("name", group.SecurityGroupName);
  data.setIfGiven("security_group_type", group.SecurityGroupType);
  data.setIfGiven("vpc_id", group.VpcId);
  data.set("tags", tagsOf(listAt(group, "Tags.Tag")));
  const attribute = await operations(context).attempt(
    "DescribeSecurityGroupAttribute",
    { SecurityGroupId: data.id },
    { gone: ["InvalidSecurityGroupId.NotFound"] },
  );
  if (attribute === undefined) return data.vanish();
  data.set("inner_access_policy", attribute.InnerAccessPolicy);
  data.set("inner_access", attribute.InnerAccessPolicy === "Accept");
}

async function remove(context: OperationContext): Promise<void> {
  const { data } = context;
  await operations(context).attempt(
    "DeleteSecurityGroup",
    { SecurityGroupId: data.id },
    { limit: data.limit("delete"), gone: ["InvalidSecurityGroupId.NotFound"] },
  );
}

export const securityGroup: ResourceType = {
  file: FILE,
  skippable: true,
  checks: { inner_access_policy: oneOf("Accept", "Drop"), security_group_type: oneOf("normal", "enterprise") },
  plan: { suppress: { inner_access_policy: (look) => look.text("security_group_type") === "enterprise" } },
  create,
  read,
  update,
  delete: remove,
};
