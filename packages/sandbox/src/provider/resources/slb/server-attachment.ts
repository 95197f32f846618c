import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { between, oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_slb_server_group_server_attachment";
const GONE = ["The specified VServerGroupId does not exist", "InvalidParameter"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

const parts = (context: OperationContext): readonly [string, string, string] => {
  const [group = "", server = "", port = ""] = context.data.id.split(":");
  return [group, server, port];
};

function entry(context: OperationContext, port: number | string): Record<string, unknown> {
  const { data } = context;
  const weight = data.stated("weight");
  return {
    ServerId: data.text("server_id"),
    Port: port,
    ...(data.given("type") === undefined ? {} : { Type: data.given("type") }),
    ...(weight === undefined ? {} : { Weight: Number(weight) }),
    ...(data.given("description") === undefined ? {} : { Description: data.given("description") }),
  };
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const group = data.text("server_group_id");
  await operations(context).send(
    "AddVServerGroupBackendServers",
    { VServerGroupId: group, BackendServers: JSON.stringify([entry(context, Number(data.text("port")))]) },
    {
      id: "alicloud_slb_server_group_server_attachment",
      limit: data.limit("create"),
    },
  );
  data.id = `${group}:${data.text("server_id")}:${data.text("port")}`;
}

async function describe(context: OperationContext): Promise<Body | undefined> {
  const [group, server, port] = parts(context);
  const body = await operations(context).attempt(
    "DescribeVServerGroupAttribute",
    { VServerGroupId: group },
    { gone: GONE },
  );
  return listAt(body, "BackendServers.BackendServer").find(
    (one) => textAt(one, "ServerId") === server && textAt(one, "Port") === port,
  );
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const server = await describe(context);
  if (server === undefined) return data.vanish();
  data.set("server_group_id", parts(context)[0]);
  data.set("server_id", server.ServerId);
  data.set("port", server.Port);
  data.set("type", server.Type);
  data.set("weight", server.Weight);
  data.set("description", server.Description);
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const [group, , port] = parts(context);
  // Here, and only here, the port is sent as text.
  await operations(context).attempt(
    "RemoveVServerGroupBackendServers",
    { VServerGroupId: group, BackendServers: JSON.stringify([entry(context, port)]) },
    { limit: data.limit("delete"), gone: GONE },
  );
  await api.wait(data.id, data.limit("delete"), async () => (await describe(context)) === undefined);
}

export const serverAttachment: ResourceType = {
  file: FILE,
  skippable: true,
  checks: { port: between(1, 65535), weight: between(0, 100), type: oneOf("ecs", "eni", "eci") },
  create,
  read,
  delete: remove,
};
