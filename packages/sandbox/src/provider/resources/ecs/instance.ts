import { ProviderError } from "../../api/errors";
import type { OperationContext, ResourceType } from "../type";
import { createInstance } from "./instance-create";
import { readInstance } from "./instance-read";
import { instanceChecks, instancePlan } from "./instance-rules";
import { describeInstance, INSTANCE_FILE, INSTANCE_GONE, instanceOperations } from "./instance-status";
import { updateInstance } from "./instance-update";

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const limit = data.limit("delete");
  if (data.text("instance_charge_type") === "PrePaid") {
    if (data.get("force_delete") !== true) {
      throw new ProviderError(
        "Please convert 'PrePaid' instance to 'PostPaid' or set 'force_delete' as true before deleting 'PrePaid' instance.",
      );
    }
    await instanceOperations(context).send(
      "ModifyInstanceChargeType",
      { InstanceIds: JSON.stringify([data.id]), InstanceChargeType: "PostPaid" },
      { token: true, limit },
    );
  }
  await instanceOperations(context).attempt(
    "DeleteInstance",
    { InstanceId: data.id, Force: true },
    {
      limit,
      gone: INSTANCE_GONE,
    },
  );
  await api.wait(data.id, limit, async () => (await describeInstance(context, "wait")) === undefined);
}

export const instance: ResourceType = {
  file: INSTANCE_FILE,
  skippable: { but: ["auto_release_time"] },
  checks: instanceChecks,
  plan: instancePlan,
  create: createInstance,
  read: readInstance,
  update: updateInstance,
  delete: remove,
};
