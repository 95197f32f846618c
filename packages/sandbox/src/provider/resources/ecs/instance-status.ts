import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import { Operations } from "../operation";
import type { OperationContext } from "../type";

export const INSTANCE_FILE = "resource_alicloud_instance";
export const INSTANCE_GONE = ["InvalidInstanceId.NotFound", "Forbidden.InstanceNotFound"];

export const instanceOperations = (context: OperationContext): Operations =>
  new Operations(context, INSTANCE_FILE, "Ecs");

const DETAILS = ["META_OPTIONS", "NETWORK_PRIMARY_ENI_IP", "LOGIN_AS_NON_ROOT", "DISK_HIGH_DENSITY_MODE"];

/** The instance as the cloud shows it, undefined when there is none. */
export async function describeInstance(context: OperationContext, place?: "wait"): Promise<Body | undefined> {
  const body = await instanceOperations(context).attempt(
    "DescribeInstances",
    { InstanceIds: JSON.stringify([context.data.id]), AdditionalAttributes: DETAILS },
    { gone: INSTANCE_GONE, place },
  );
  return listAt(body, "Instances.Instance")[0];
}

/** From these statuses the target is still reached; any other is a failure at once. */
const ON_THE_WAY: Readonly<Record<"Running" | "Stopped", readonly string[]>> = {
  Running: ["", "Pending", "Starting", "Stopped"],
  Stopped: ["", "Pending", "Running", "Stopping"],
};

/** @throws ProviderError when the instance gets into a status that does not lead there */
export async function waitForStatus(
  context: OperationContext,
  target: "Running" | "Stopped",
  limit: number,
): Promise<void> {
  const { api, data } = context;
  await api.wait(data.id, limit, async () => {
    const status = textAt(await describeInstance(context, "wait"), "Status");
    if (status === target) return true;
    if (ON_THE_WAY[target].includes(status)) return false;
    throw new ProviderError(
      `Resource ${data.id} failed to reach status ${target}. Last status: ${status} (simulated by the sandbox).`,
    );
  });
}
