import { textAt } from "../../api/body";
import { oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { describeEip } from "./address";

const FILE = "resource_alicloud_eip_association";

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Vpc");

const parseId = (context: OperationContext): readonly [string, string] => {
  const [allocationId = "", instanceId = ""] = context.data.id.split(":");
  return [allocationId, instanceId];
};

/** What an id is bound as when the configuration does not say. */
const typeOf = (instanceId: string): string =>
  instanceId.startsWith("lb-") ? "SlbInstance" : instanceId.startsWith("ngw-") ? "Nat" : "EcsInstance";

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const [allocationId, instanceId] = [data.text("allocation_id"), data.text("instance_id")];
  await operations(context).send(
    "AssociateEipAddress",
    {
      AllocationId: allocationId,
      InstanceId: instanceId,
      InstanceType: data.given("instance_type") ?? typeOf(instanceId),
      PrivateIpAddress: data.given("private_ip_address"),
      Mode: data.given("mode"),
      VpcId: data.given("vpc_id"),
    },
    { id: "alicloud_eip_association", token: true, limit: data.limit("create") },
  );
  data.id = `${allocationId}:${instanceId}`;
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const [allocationId, instanceId] = parseId(context);
  const eip = await describeEip(operations(context), allocationId);
  if (eip === undefined || textAt(eip, "InstanceId") !== instanceId) return data.vanish();
  data.setIfGiven("instance_type", eip.InstanceType);
  data.setIfGiven("mode", eip.Mode);
  data.setIfGiven("private_ip_address", eip.PrivateIpAddress);
  data.setIfGiven("vpc_id", eip.VpcId);
  data.set("allocation_id", allocationId);
  data.set("instance_id", instanceId);
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  if (!data.changed("mode")) return;
  await operations(context).send(
    "ModifyEipForwardMode",
    { InstanceId: parseId(context)[0], Mode: data.text("mode") },
    { token: true },
  );
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const [allocationId, instanceId] = parseId(context);
  const limit = data.limit("delete");
  await operations(context).send(
    "UnassociateEipAddress",
    {
      AllocationId: allocationId,
      InstanceId: instanceId,
      InstanceType: data.given("instance_type") ?? typeOf(instanceId),
      PrivateIpAddress: data.given("private_ip_address"),
      Force: data.stated("force"),
    },
    { token: true, limit },
  );
  await api.wait(data.id, limit, async () => {
    const eip = await describeEip(operations(context), allocationId);
    return eip === undefined || textAt(eip, "InstanceId") !== instanceId;
  });
}

export const eipAssociation: ResourceType = {
  file: FILE,
  skippable: true,
  checks: { mode: oneOf("NAT", "MULTI_BINDED", "BINDED") },
  create,
  read,
  update,
  delete: remove,
};
