import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import type { ResourceType } from "../type";
import type { OperationContext } from "../type";
import { commonRequest, forwardRequest, httpRequest, updateRequest } from "./listener-request";
import { readListenerBody } from "./listener-read";
import { LISTENER_FILE, LISTENER_GONE, listenerOperations } from "./listener-shared";
import { listenerChecks, listenerSuppress } from "./listener-rules";
import { respectProtection } from "./servers";

interface ListenerId {
  readonly loadBalancerId: string;
  readonly protocol: string;
  readonly port: string;
}

/** Finds the listener on its load balancer. An old id without protocol is good as long as it fits one listener only. */
async function resolve(context: OperationContext, place?: "read"): Promise<ListenerId | undefined> {
  const { data } = context;
  const parts = data.id.split(":");
  const [loadBalancerId = "", second = "", third] = parts;
  const body = await listenerOperations(context).attempt(
    "DescribeLoadBalancerAttribute",
    { LoadBalancerId: loadBalancerId },
    { gone: ["InvalidLoadBalancerId.NotFound"], place },
  );
  const listeners = listAt(body, "ListenerPortsAndProtocol.ListenerPortAndProtocol");
  const protocol = third === undefined ? data.text("protocol") : second;
  const port = third ?? second;
  const found = listeners.filter(
    (one) => textAt(one, "ListenerPort") === port && (protocol === "" || textAt(one, "ListenerProtocol") === protocol),
  );
  if (protocol === "" && listeners.length > 1) {
    throw new ProviderError(`More than one listener was with with the same id: ${data.id}, please specify protocol.`);
  }
  return found[0] === undefined ? undefined : { loadBalancerId, protocol: textAt(found[0], "ListenerProtocol"), port };
}

async function describe(context: OperationContext, id: ListenerId, place?: "wait"): Promise<Body | undefined> {
  return listenerOperations(context).attempt(
    `DescribeLoadBalancer${id.protocol.toUpperCase()}ListenerAttribute`,
    { LoadBalancerId: id.loadBalancerId, ListenerPort: id.port },
    { gone: LISTENER_GONE, place },
  );
}

async function create(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const protocol = data.text("protocol");
  const forwards = data.given("listener_forward") === "on";
  const special =
    protocol === "http" || protocol === "https" ? (forwards ? forwardRequest(data) : httpRequest(data)) : {};
  const id: ListenerId = { loadBalancerId: data.text("load_balancer_id"), protocol, port: data.text("frontend_port") };
  await listenerOperations(context).send(
    `CreateLoadBalancer${protocol.toUpperCase()}Listener`,
    { ...commonRequest(data), ...special },
    { id: "alicloud_slb_listener" },
  );
  data.id = `${id.loadBalancerId}:${protocol}:${id.port}`;
  const reaches = (status: string) => async (): Promise<boolean> =>
    textAt(await describe(context, id, "wait"), "Status").toLowerCase() === status;
  await api.wait(data.id, 120_000, reaches("stopped"));
  await listenerOperations(context).send(
    "StartLoadBalancerListener",
    { LoadBalancerId: id.loadBalancerId, ListenerPort: id.port, ListenerProtocol: protocol },
    { id: "alicloud_slb_listener" },
  );
  await api.wait(data.id, 120_000, reaches("running"));
  if (!forwards) await set(context);
}

async function set(context: OperationContext): Promise<void> {
  const { data } = context;
  const request = await updateRequest(context);
  if (request === undefined) return;
  await listenerOperations(context).send(
    `SetLoadBalancer${data.text("protocol").toUpperCase()}ListenerAttribute`,
    request,
  );
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const id = await resolve(context, "read");
  const body = id === undefined ? undefined : await describe(context, id);
  if (id === undefined || body === undefined || !(Number(body.ListenerPort) > 0)) return data.vanish();
  data.id = `${id.loadBalancerId}:${id.protocol}:${id.port}`;
  data.set("protocol", id.protocol);
  data.set("load_balancer_id", id.loadBalancerId);
  data.set("frontend_port", Number(id.port));
  readListenerBody(data, id.protocol, body);
}

async function remove(context: OperationContext): Promise<void> {
  const { api } = context;
  const id = await resolve(context);
  if (id === undefined) return;
  await respectProtection(context, listenerOperations(context), id.loadBalancerId);
  await listenerOperations(context).attempt(
    "DeleteLoadBalancerListener",
    { LoadBalancerId: id.loadBalancerId, ListenerPort: id.port, ListenerProtocol: id.protocol },
    { gone: LISTENER_GONE },
  );
  await api.wait(context.data.id, 500_000, async () => (await describe(context, id, "wait")) === undefined);
}

export const listener: ResourceType = {
  file: LISTENER_FILE,
  skippable: { but: ["bandwidth", "health_check_connect_port", "health_check_http_code"] },
  checks: listenerChecks,
  plan: { suppress: listenerSuppress },
  create,
  read,
  update: set,
  delete: remove,
};
