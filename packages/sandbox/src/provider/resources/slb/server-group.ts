import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import type { ObjectValue } from "../../values/value";
import { isArray, isObject } from "../../values/value";
import { between, oneOf } from "../../validate/rules";
import { changeTags, Operations, tagList, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { chunksOf, field, quotedServers, respectProtection } from "./servers";

const FILE = "resource_alicloud_slb_server_group";
const GONE = ["The specified VServerGroupId does not exist", "InvalidParameter"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

/** One block of the configuration names several servers. */
function wireServers(groups: readonly ObjectValue[]): readonly Record<string, string>[] {
  return groups.flatMap((group) => {
    const ids = group.server_ids ?? null;
    return (isArray(ids) ? ids : []).map((id) => ({
      ServerId: String(id),
      Port: field(group, "port"),
      Weight: field(group, "weight") || "100",
      Type: field(group, "type") || "ecs",
    }));
  });
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await operations(context).send(
    "CreateVServerGroup",
    {
      LoadBalancerId: data.text("load_balancer_id"),
      VServerGroupName: data.given("name"),
      Tag: tagList(data.map("tags")),
    },
    { id: "alicloud_slb_server_group" },
  );
  data.id = textAt(body, "VServerGroupId");
  const servers = wireServers(data.objects("servers"));
  for (const chunk of chunksOf(servers))
    if (chunk.length > 0) await change(context, "AddVServerGroupBackendServers", chunk);
  await rename(context, servers);
}

/** Always sent once after create, as the real provider does. */
async function rename(context: OperationContext, servers: readonly Record<string, string>[]): Promise<void> {
  const { data } = context;
  await operations(context).send("SetVServerGroupAttribute", {
    VServerGroupId: data.id,
    VServerGroupName: data.text("name"),
    BackendServers: servers.length > 0 && servers.length <= 20 ? quotedServers(servers) : undefined,
  });
}

const change = (context: OperationContext, action: string, servers: readonly Record<string, string>[]): Promise<Body> =>
  operations(context).send(action, { VServerGroupId: context.data.id, BackendServers: quotedServers(servers) });

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  await changeTags(context, operations(context), "vservergroup");
  const prior = data.old("servers");
  const key = (server: Record<string, string>): string =>
    `${server.ServerId}:${server.Port}:${server.Weight}:${server.Type}`;
  const before = wireServers((isArray(prior) ? prior : []).filter(isObject));
  const after = wireServers(data.objects("servers"));
  if (data.changed("servers")) {
    const gone = before.filter((one) => !after.some((other) => key(other) === key(one)));
    const fresh = after.filter((one) => !before.some((other) => key(other) === key(one)));
    for (const chunk of chunksOf(gone))
      if (chunk.length > 0) await change(context, "RemoveVServerGroupBackendServers", chunk);
    for (const chunk of chunksOf(fresh))
      if (chunk.length > 0) await change(context, "AddVServerGroupBackendServers", chunk);
  }
  if (data.anyChanged("name", "servers")) await rename(context, after);
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await operations(context).attempt(
    "DescribeVServerGroupAttribute",
    { VServerGroupId: data.id },
    { gone: GONE },
  );
  if (body === undefined || textAt(body, "VServerGroupId") === "") return data.vanish();
  data.set("load_balancer_id", body.LoadBalancerId);
  data.set("name", body.VServerGroupName);
  const tags = await operations(context).send("ListTagResources", {
    ResourceType: "vservergroup",
    ResourceId: [data.id],
  });
  data.set("tags", tagsOf(listAt(tags, "TagResources.TagResource")));
  data.set("servers", groupServers(listAt(body, "BackendServers.BackendServer")));
}

/** Servers with the same port, weight and type go into one block. */
function groupServers(servers: readonly Body[]): readonly Record<string, unknown>[] {
  const groups = new Map<string, { server_ids: string[]; port: number; weight: number; type: string }>();
  for (const server of servers) {
    const [port, weight, type] = [Number(server.Port), Number(server.Weight), textAt(server, "Type")];
    const key = `${port}:${weight}:${type}`;
    const group = groups.get(key) ?? { server_ids: [], port, weight, type };
    group.server_ids.push(textAt(server, "ServerId"));
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  await respectProtection(context, operations(context), data.text("load_balancer_id"));
  await operations(context).attempt("DeleteVServerGroup", { VServerGroupId: data.id }, { gone: GONE });
  await api.wait(data.id, 300_000, async () => {
    const body = await operations(context).attempt(
      "DescribeVServerGroupAttribute",
      { VServerGroupId: data.id },
      { gone: GONE },
    );
    return body === undefined || textAt(body, "VServerGroupId") === "";
  });
}

export const serverGroup: ResourceType = {
  file: FILE,
  skippable: true,
  checks: { "servers.port": between(1, 65535), "servers.weight": between(0, 100), "servers.type": oneOf("ecs", "eni") },
  create,
  read,
  update,
  delete: remove,
};
