import type { Actions, Call } from "../call";
import type { Body, CloudError } from "../contract";
import { invalid, refused } from "../errors";
import type { LoadBalancer, Server, ServerGroup } from "../model";
import { nameIn } from "./checks";
import { needed } from "./find";
import { parseServers } from "./slb-server-list";
import { checkTags, tagList } from "./tags";

/** Servers of one group. */
const MAX_SERVERS = 200;

const needGroup = (call: Call): ServerGroup => needed(call, "server-group");

/** @throws CloudError when a server cannot be behind this load balancer */
export function checkServer(call: Call, balancer: LoadBalancer, server: Server): Server {
  if (server.type === "eci") return server;
  const kind = server.type === "eni" ? "network-interface" : "instance";
  const target = call.findAnywhere(kind, server.id);
  if (target === undefined || target.region !== balancer.region)
    throw refused("ObtainIpFail", `The backend server ${server.id} does not exist in ${balancer.region}.`);
  if (balancer.vpc !== "" && target.vpc !== balancer.vpc)
    throw refused("InvalidBackendServers.VpcMismatch", `The backend server ${server.id} is in another VPC.`);
  return server;
}

function checkCount(servers: readonly Server[]): readonly Server[] {
  if (servers.length > MAX_SERVERS)
    throw refused("BackendServersQuotaExceeded", `At most ${MAX_SERVERS} backend servers.`);
  return servers;
}

/** Adds servers; one that is there already keeps its place and takes the new weight. */
function merged(old: readonly Server[], added: readonly Server[], same: (a: Server, b: Server) => boolean): Server[] {
  const kept = old.map((server) => {
    const change = added.find((one) => same(one, server));
    return change === undefined
      ? server
      : { ...server, weight: change.weight, description: change.description || server.description };
  });
  return [...kept, ...added.filter((server) => !old.some((one) => same(one, server)))];
}

const sameId = (a: Server, b: Server): boolean => a.id === b.id;
const sameIdAndPort = (a: Server, b: Server): boolean => a.id === b.id && a.port === b.port;

function defaultGroup(balancer: LoadBalancer): Body {
  const rows = balancer.servers.map((server) => ({
    ServerId: server.id,
    Weight: server.weight,
    Type: server.type,
    ServerIp: server.ip,
    Description: server.description,
  }));
  return { LoadBalancerId: balancer.id, BackendServers: { BackendServer: rows } };
}

function addServers(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const added = parseServers(call).map((server) => checkServer(call, balancer, server));
  const servers = checkCount(merged(balancer.servers, added, sameId));
  return defaultGroup(call.update("load-balancer", balancer, { servers }));
}

function setServers(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const asked = parseServers(call);
  const unknown = asked.find((server) => !balancer.servers.some((one) => one.id === server.id));
  if (unknown !== undefined)
    throw refused("InvalidBackendServers.NotExist", `${unknown.id} is not a backend server of the load balancer.`);
  return defaultGroup(call.update("load-balancer", balancer, { servers: merged(balancer.servers, asked, sameId) }));
}

function removeServers(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const ids = parseServers(call).map((server) => server.id);
  const servers = balancer.servers.filter((server) => !ids.includes(server.id));
  return defaultGroup(call.update("load-balancer", balancer, { servers }));
}

function groupView(group: ServerGroup): Body {
  const rows = group.servers.map((server) => ({
    ServerId: server.id,
    Port: server.port,
    Weight: server.weight,
    Type: server.type,
    ServerIp: server.ip,
    Description: server.description,
  }));
  return {
    VServerGroupId: group.id,
    VServerGroupName: group.name,
    LoadBalancerId: group.balancer,
    ServiceManagedMode: "Unmanaged",
    Tags: { Tag: tagList(group.tags, "TagKey", "TagValue") },
    BackendServers: { BackendServer: rows },
  };
}

const groupName = (call: Call): string => nameIn(call, "VServerGroupName", "slb", "InvalidParameter.VServerGroupName");
const withPort = (server: Server): Server => {
  if (server.port < 1 || server.port > 65535)
    throw invalid("BackendServers", "each server of a server group needs a Port from 1 to 65535.");
  return server;
};

function createGroup(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const group: ServerGroup = {
    id: call.ids.make("rsp", balancer.region, 18),
    region: balancer.region,
    created: call.now,
    balancer: balancer.id,
    name: groupName(call),
    servers: parseServers(call).map((server) => withPort(checkServer(call, balancer, server))),
    tags: checkTags(call.params.tags()),
  };
  call.put("server-group", group);
  return groupView(group);
}

function setGroup(call: Call): Body {
  const group = needGroup(call);
  const balancer = needed(call, "load-balancer", group.balancer);
  const asked = parseServers(call).map((server) => withPort(checkServer(call, balancer, server)));
  // Set changes the weights of servers that are there; servers come and go by Add and Remove.
  const servers = merged(group.servers, asked, sameIdAndPort);
  return groupView(call.update("server-group", group, { name: groupName(call) || group.name, servers }));
}

function addToGroup(call: Call): Body {
  const group = needGroup(call);
  const balancer = needed(call, "load-balancer", group.balancer);
  const added = parseServers(call).map((server) => withPort(checkServer(call, balancer, server)));
  return groupView(
    call.update("server-group", group, { servers: checkCount(merged(group.servers, added, sameIdAndPort)) }),
  );
}

function removeFromGroup(call: Call): Body {
  const group = needGroup(call);
  const gone = parseServers(call);
  const servers = group.servers.filter((server) => !gone.some((one) => sameIdAndPort(one, server)));
  return groupView(call.update("server-group", group, { servers }));
}

function modifyInGroup(call: Call): Body {
  const group = needGroup(call);
  const balancer = needed(call, "load-balancer", group.balancer);
  const old = parseServers(call, "OldBackendServers");
  const added = parseServers(call, "NewBackendServers").map((server) => withPort(checkServer(call, balancer, server)));
  const kept = group.servers.filter((server) => !old.some((one) => sameIdAndPort(one, server)));
  return groupView(call.update("server-group", group, { servers: checkCount(merged(kept, added, sameIdAndPort)) }));
}

const groupInUse = (): CloudError => refused("RspoolVipExist", "The server group is used by a listener.");

function deleteGroup(call: Call): Body {
  const group = needGroup(call);
  const used = call.countBy("listener", "group", group.id) + call.countBy("forwarding-rule", "group", group.id);
  if (used > 0) throw groupInUse();
  call.remove("server-group", group.id);
  return {};
}

function listGroups(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const rows = call
    .by("server-group", "balancer", balancer.id)
    .map((group) => ({ VServerGroupId: group.id, VServerGroupName: group.name, ServerCount: group.servers.length }));
  return { VServerGroups: { VServerGroup: rows } };
}

export const serverActions: Actions = {
  AddBackendServers: addServers,
  SetBackendServers: setServers,
  RemoveBackendServers: removeServers,
  CreateVServerGroup: createGroup,
  SetVServerGroupAttribute: setGroup,
  DescribeVServerGroupAttribute: (call) => groupView(needGroup(call)),
  DescribeVServerGroups: listGroups,
  AddVServerGroupBackendServers: addToGroup,
  RemoveVServerGroupBackendServers: removeFromGroup,
  ModifyVServerGroupBackendServers: modifyInGroup,
  DeleteVServerGroup: deleteGroup,
};
