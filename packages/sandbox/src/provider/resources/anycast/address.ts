import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { oneOf } from "../../validate/rules";
import { changeTags, Operations, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_eipanycast_anycast_eip_address";
const GONE = ["ResourceNotFound.AnycastInstance"];
const TAG_TYPE = "ANYCASTEIPADDRESS";

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Eipanycast");

async function describe(context: OperationContext): Promise<Body | undefined> {
  const body = await operations(context).attempt(
    "DescribeAnycastEipAddress",
    { AnycastId: context.data.id },
    { gone: GONE },
  );
  return body === undefined || textAt(body, "AnycastId") === "" ? undefined : body;
}

async function settle(context: OperationContext, operation: "create" | "update"): Promise<void> {
  const { api, data } = context;
  await api.wait(data.id, data.limit(operation), async () =>
    ["Allocated", "Associated"].includes(textAt(await describe(context), "Status")),
  );
}

/** The cloud's own word for the payment type. */
const toCloud = (payment: string | undefined): string | undefined => (payment === "PayAsYouGo" ? "PostPaid" : payment);
const fromCloud = (charge: unknown): string => (charge === "PostPaid" ? "PayAsYouGo" : String(charge ?? "<nil>"));

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await operations(context).send(
    "AllocateAnycastEipAddress",
    {
      ServiceLocation: data.text("service_location"),
      InternetChargeType: data.given("internet_charge_type"),
      InstanceChargeType: toCloud(data.given("payment_type")),
      ResourceGroupId: data.given("resource_group_id"),
      Name: data.given("anycast_eip_address_name"),
      Bandwidth: data.stated("bandwidth"),
      Description: data.given("description"),
    },
    { id: "alicloud_eipanycast_anycast_eip_address", token: true, limit: data.limit("create") },
  );
  data.id = textAt(body, "AnycastId");
  await settle(context, "create");
  await changeTags(context, operations(context), TAG_TYPE);
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  const limit = data.limit("update");
  if (data.anyChanged("anycast_eip_address_name", "description")) {
    const changed = (name: string): string | undefined => (data.changed(name) ? data.text(name) : undefined);
    await operations(context).send(
      "ModifyAnycastEipAddressAttribute",
      { AnycastId: data.id, Name: changed("anycast_eip_address_name"), Description: changed("description") },
      { limit },
    );
  }
  if (data.changed("bandwidth")) {
    await operations(context).send(
      "ModifyAnycastEipAddressSpec",
      { AnycastId: data.id, Bandwidth: data.text("bandwidth") },
      { limit },
    );
    await settle(context, "update");
  }
  if (data.changed("resource_group_id") && data.given("resource_group_id") !== undefined) {
    await operations(context).send(
      "ChangeResourceGroup",
      { ResourceId: data.id, NewResourceGroupId: data.text("resource_group_id"), ResourceType: TAG_TYPE },
      { limit },
    );
  }
  await changeTags(context, operations(context), TAG_TYPE);
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await describe(context);
  if (body === undefined) return data.vanish();
  data.set("anycast_eip_address_name", body.Name);
  data.set("bandwidth", body.Bandwidth);
  data.set("create_time", body.CreateTime);
  data.set("description", body.Description);
  data.set("internet_charge_type", body.InternetChargeType);
  data.set("payment_type", fromCloud(body.InstanceChargeType));
  data.set("resource_group_id", body.ResourceGroupId);
  data.set("service_location", body.ServiceLocation);
  data.set("status", body.Status);
  data.set("tags", tagsOf(listAt(body, "Tags")));
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const limit = data.limit("delete");
  await operations(context).attempt(
    "ReleaseAnycastEipAddress",
    { AnycastId: data.id },
    { token: true, limit, gone: GONE },
  );
  await api.wait(data.id, limit, async () => (await describe(context)) === undefined);
}

export const anycastAddress: ResourceType = {
  file: FILE,
  skippable: true,
  checks: { payment_type: oneOf("PayAsYouGo") },
  create,
  read,
  update,
  delete: remove,
};
