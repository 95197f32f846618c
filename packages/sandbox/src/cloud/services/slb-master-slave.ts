import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { invalid, refused } from "../errors";
import type { MasterSlaveGroup } from "../model";
import { nameIn } from "./checks";
import { needed } from "./find";
import { parseServers, rolesIn } from "./slb-server-list";
import { checkServer } from "./slb-servers";

const LIST = "MasterSlaveBackendServers";

function create(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const roles = rolesIn(call, LIST);
  const servers = parseServers(call, LIST).map((server, at) => ({
    ...checkServer(call, balancer, server),
    role: roles[at] ?? "",
  }));
  const pair = servers.map(({ role }) => role).sort();
  if (pair.join() !== "Master,Slave")
    throw invalid(LIST, "it takes two servers, one a Master and one a Slave.", "InvalidParameter.ServerType");
  const group: MasterSlaveGroup = {
    id: call.ids.make("rsp", balancer.region, 18),
    region: balancer.region,
    created: call.now,
    balancer: balancer.id,
    name: nameIn(call, "MasterSlaveServerGroupName", "slb", "InvalidParameter.MasterSlaveServerGroupName"),
    servers,
  };
  call.put("master-slave-group", group);
  return view(group);
}

const view = (group: MasterSlaveGroup): Body => ({
  MasterSlaveServerGroupId: group.id,
  MasterSlaveServerGroupName: group.name,
  LoadBalancerId: group.balancer,
  MasterSlaveBackendServers: {
    MasterSlaveBackendServer: group.servers.map(({ id, port, weight, type, role, description }) => ({
      ServerId: id,
      Port: port,
      Weight: weight,
      Type: type,
      ServerType: role,
      Description: description,
    })),
  },
});

function remove(call: Call): Body {
  const group = needed(call, "master-slave-group");
  if (call.countBy("listener", "pair", group.id) > 0)
    throw refused("RspoolVipExist", "The server group is used by a listener.");
  call.remove("master-slave-group", group.id);
  return {};
}

export const pairActions: Actions = {
  CreateMasterSlaveServerGroup: create,
  DescribeMasterSlaveServerGroupAttribute: (call) => view(needed(call, "master-slave-group")),
  DescribeMasterSlaveServerGroups: (call) => ({
    MasterSlaveServerGroups: {
      MasterSlaveServerGroup: call
        .by("master-slave-group", "balancer", needed(call, "load-balancer").id)
        .map(({ id, name }) => ({ MasterSlaveServerGroupId: id, MasterSlaveServerGroupName: name })),
    },
  }),
  DeleteMasterSlaveServerGroup: remove,
};
