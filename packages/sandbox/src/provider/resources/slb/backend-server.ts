import { listAt, textAt } from "../../api/body";
import type { ObjectValue } from "../../values/value";
import { isArray, isObject } from "../../values/value";
import { between, oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { chunksOf, field, quotedServers, respectProtection } from "./servers";

const FILE = "resource_alicloud_slb_backend_server";
const GONE = ["InvalidLoadBalancerId.NotFound"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

const wire = (server: ObjectValue): Record<string, string> => ({
  ServerId: field(server, "server_id"),
  Weight: field(server, "weight"),
  Type: field(server, "type") || "ecs",
  ServerIp: field(server, "server_ip"),
});

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const loadBalancerId = data.text("load_balancer_id");
  const [first = [], ...rest] = chunksOf(data.objects("backend_servers"));
  const body = await add(context, loadBalancerId, first, "create");
  data.id = textAt(body, "LoadBalancerId") || loadBalancerId;
  for (const chunk of rest) if (chunk.length > 0) await add(context, loadBalancerId, chunk, "create");
}

const add = (
  context: OperationContext,
  loadBalancerId: string,
  servers: readonly ObjectValue[],
  place?: "create",
): Promise<Record<string, unknown>> =>
  operations(context).send(
    "AddBackendServers",
    {
      LoadBalancerId: loadBalancerId,
      BackendServers: servers.length > 0 ? quotedServers(servers.map(wire)) : undefined,
    },
    place === undefined ? {} : { id: "alicloud_slb_backend_servers", place },
  );

const remove = (
  context: OperationContext,
  servers: readonly ObjectValue[],
  place?: "delete",
): Promise<Record<string, unknown>> =>
  operations(context).send(
    "RemoveBackendServers",
    { LoadBalancerId: context.data.id, BackendServers: quotedServers(servers.map(wire)) },
    { place },
  );

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  const prior = data.old("backend_servers");
  const before = (isArray(prior) ? prior : []).filter(isObject);
  const after = data.objects("backend_servers");
  const find = (list: readonly ObjectValue[], server: ObjectValue): ObjectValue | undefined =>
    list.find((one) => field(one, "server_id") === field(server, "server_id"));
  const gone = before.filter((one) => find(after, one) === undefined);
  const fresh = after.filter((one) => find(before, one) === undefined);
  const kept = after.filter((one) => {
    const old = find(before, one);
    return (
      old !== undefined && (field(old, "weight") !== field(one, "weight") || field(old, "type") !== field(one, "type"))
    );
  });
  for (const chunk of chunksOf(gone)) if (chunk.length > 0) await remove(context, chunk);
  for (const chunk of chunksOf(fresh)) if (chunk.length > 0) await add(context, data.id, chunk);
  for (const chunk of chunksOf(kept)) {
    if (chunk.length === 0) continue;
    await operations(context).send("SetBackendServers", {
      LoadBalancerId: data.id,
      BackendServers: quotedServers(chunk.map(wire)),
    });
  }
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await operations(context).attempt(
    "DescribeLoadBalancerAttribute",
    { LoadBalancerId: data.id },
    { gone: GONE },
  );
  const servers = listAt(body, "BackendServers.BackendServer");
  if (body === undefined) return data.vanish();
  data.set("load_balancer_id", body.LoadBalancerId);
  data.set(
    "backend_servers",
    servers.map((server) => ({
      server_id: server.ServerId,
      weight: server.Weight,
      type: server.Type,
      server_ip: server.ServerIp ?? "",
    })),
  );
}

async function removeAll(context: OperationContext): Promise<void> {
  const { data } = context;
  await respectProtection(context, operations(context), data.id);
  for (const chunk of chunksOf(data.objects("backend_servers"))) {
    if (chunk.length > 0) await remove(context, chunk, "delete");
  }
}

export const backendServer: ResourceType = {
  file: FILE,
  checks: { "backend_servers.weight": between(0, 100), "backend_servers.type": oneOf("eni", "ecs", "eci") },
  create,
  read,
  update,
  delete: removeAll,
};
