import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import type { ObjectValue } from "../../values/value";
import { between, oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { field, respectProtection } from "./servers";

const FILE = "resource_alicloud_slb_master_slave_server_group";
const GONE = ["The specified MasterSlaveGroupId does not exist", "InvalidParameter"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

/** As the older client writes it: no JSON, single quotes. */
const quoted = (server: ObjectValue): string =>
  `{'ServerId':'${field(server, "server_id")}','Port':'${field(server, "port")}','Weight':'${field(server, "weight") || "0"}', 'Type': '${field(server, "type")}', 'ServerType': '${field(server, "server_type")}', 'IsBackup':'${field(server, "is_backup") || "0"}'}`;

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const servers = data.objects("servers");
  const body = await operations(context).send(
    "CreateMasterSlaveServerGroup",
    {
      LoadBalancerId: data.text("load_balancer_id"),
      MasterSlaveServerGroupName: data.given("name"),
      MasterSlaveBackendServers: servers.length > 0 ? `[${servers.map(quoted).join(",")}]` : undefined,
    },
    { id: "alicloud_slb_master_slave_server_group" },
  );
  data.id = textAt(body, "MasterSlaveServerGroupId");
}

const describe = (context: OperationContext): Promise<Body | undefined> =>
  operations(context).attempt(
    "DescribeMasterSlaveServerGroupAttribute",
    { MasterSlaveServerGroupId: context.data.id },
    { gone: GONE },
  );

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await describe(context);
  if (body === undefined) return data.vanish();
  data.set("name", body.MasterSlaveServerGroupName);
  data.set("load_balancer_id", body.LoadBalancerId);
  data.set(
    "servers",
    listAt(body, "MasterSlaveBackendServers.MasterSlaveBackendServer").map((server) => ({
      server_id: server.ServerId,
      port: server.Port,
      weight: server.Weight,
      type: server.Type,
      server_type: server.ServerType,
    })),
  );
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  await respectProtection(context, operations(context), data.text("load_balancer_id"));
  const request = { MasterSlaveServerGroupId: data.id };
  await operations(context).attempt("DeleteMasterSlaveServerGroup", request, { gone: GONE });
  await api.wait(data.id, 300_000, async () => (await describe(context)) === undefined);
}

export const masterSlaveGroup: ResourceType = {
  file: FILE,
  checks: {
    "servers.port": between(1, 65535),
    "servers.weight": between(0, 100),
    "servers.type": oneOf("eni", "ecs"),
    "servers.server_type": oneOf("Master", "Slave"),
    "servers.is_backup": oneOf(0, 1),
  },
  create,
  read,
  update: async () => undefined,
  delete: remove,
};
