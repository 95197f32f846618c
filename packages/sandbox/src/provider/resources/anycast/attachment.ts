import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import { isArray, isObject } from "../../values/value";
import { oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_eipanycast_anycast_eip_address_attachment";
const GONE = ["ResourceNotFound.AnycastInstance"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Eipanycast");

interface BindingId {
  readonly anycastId: string;
  readonly instanceId: string;
  readonly regionId: string;
  readonly instanceType: string;
}

/** @throws ProviderError when the id has not exactly four parts */
function parseId(context: OperationContext): BindingId {
  const parts = context.data.id.split(":");
  if (parts.length !== 4) {
    throw new ProviderError(`Invalid Resource Id ${context.data.id}. Expected parts' length 4, got ${parts.length}`);
  }
  const [anycastId, instanceId, regionId, instanceType] = parts as [string, string, string, string];
  return { anycastId, instanceId, regionId, instanceType };
}

async function describe(context: OperationContext): Promise<Body | undefined> {
  const id = parseId(context);
  const body = await operations(context).attempt(
    "DescribeAnycastEipAddress",
    { AnycastId: id.anycastId, BindInstanceId: id.instanceId },
    { gone: GONE },
  );
  return listAt(body, "AnycastEipBindInfoList").find(
    (one) =>
      one.BindInstanceId === id.instanceId &&
      one.BindInstanceRegionId === id.regionId &&
      one.BindInstanceType === id.instanceType,
  );
}

async function settle(context: OperationContext, operation: "create" | "update"): Promise<void> {
  const { api, data } = context;
  await api.wait(data.id, data.limit(operation), async () => (await describe(context))?.Status === "BINDED");
}

const popList = (value: unknown): readonly string[] =>
  (isArray(value as never) ? (value as readonly unknown[]) : [])
    .filter((one) => isObject(one as never))
    .map((one) => textAt(one, "pop_location"));

const popEntries = (pops: readonly string[]): readonly { readonly PopLocation: string }[] =>
  pops.map((PopLocation) => ({ PopLocation }));

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const [anycastId, instanceId, regionId, instanceType] = [
    data.text("anycast_id"),
    data.text("bind_instance_id"),
    data.text("bind_instance_region_id"),
    data.text("bind_instance_type"),
  ];
  await operations(context).send(
    "AssociateAnycastEipAddress",
    {
      AnycastId: anycastId,
      BindInstanceId: instanceId,
      BindInstanceRegionId: regionId,
      BindInstanceType: instanceType,
      PrivateIpAddress: data.given("private_ip_address"),
      AssociationMode: data.given("association_mode"),
      PopLocations: popEntries(popList(data.get("pop_locations"))),
    },
    {
      id: "alicloud_eipanycast_anycast_eip_address_attachment",
      token: true,
      limit: data.limit("create"),
    },
  );
  data.id = [anycastId, instanceId, regionId, instanceType].join(":");
  await settle(context, "create");
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  const { anycastId, instanceId } = parseId(context);
  const send = async (
    request: Readonly<Record<string, string | readonly { readonly PopLocation: string }[]>>,
  ): Promise<void> => {
    await operations(context).send(
      "UpdateAnycastEipAddressAssociations",
      { AnycastId: anycastId, BindInstanceId: instanceId, ...request },
      { token: true, limit: data.limit("update") },
    );
    await settle(context, "update");
  };
  if (data.changed("association_mode")) await send({ AssociationMode: data.text("association_mode") });
  if (!data.changed("pop_locations")) return;
  const before = popList(data.old("pop_locations"));
  const after = popList(data.get("pop_locations"));
  const gone = before.filter((pop) => !after.includes(pop));
  const fresh = after.filter((pop) => !before.includes(pop));
  if (gone.length > 0) await send({ PopLocationDeleteList: popEntries(gone) });
  if (fresh.length > 0) await send({ PopLocationAddList: popEntries(fresh) });
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const binding = await describe(context);
  if (binding === undefined) return data.vanish();
  data.set("anycast_id", parseId(context).anycastId);
  data.set("association_mode", binding.AssociationMode);
  data.set("bind_instance_id", binding.BindInstanceId);
  data.set("bind_instance_region_id", binding.BindInstanceRegionId);
  data.set("bind_instance_type", binding.BindInstanceType);
  data.set("bind_time", binding.BindTime);
  data.set("private_ip_address", binding.PrivateIpAddress);
  data.set("status", binding.Status);
  data.set(
    "pop_locations",
    listAt(binding, "PopLocations").map((pop) => ({ pop_location: pop.PopLocation })),
  );
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const id = parseId(context);
  const limit = data.limit("delete");
  await operations(context).send(
    "UnassociateAnycastEipAddress",
    {
      AnycastId: id.anycastId,
      BindInstanceId: id.instanceId,
      BindInstanceRegionId: id.regionId,
      BindInstanceType: id.instanceType,
      PrivateIpAddress: data.given("private_ip_address"),
    },
    { token: true, limit },
  );
  await api.wait(data.id, limit, async () => (await describe(context)) === undefined);
}

export const anycastAttachment: ResourceType = {
  file: FILE,
  skippable: true,
  checks: {
    association_mode: oneOf("Default", "Normal"),
    bind_instance_type: oneOf("SlbInstance", "NetworkInterface"),
  },
  plan: { suppress: { pop_locations: (look) => look.text("association_mode") === "Default" } },
  create,
  read,
  update,
  delete: remove,
};
