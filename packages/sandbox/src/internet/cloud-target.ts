import type { Body } from "../cloud/contract";
import { listIn, textIn } from "./body";
import type { Ask } from "./ask";
import type { BackEnd, Listener, LoadBalancerTarget } from "./lookup";

const PROTOCOLS = ["tcp", "udp", "http", "https"] as const;
type Protocol = (typeof PROTOCOLS)[number];

/** A load balancer as the network sees it; undefined when it does not exist. */
export async function loadBalancerTarget(
  ask: Ask,
  id: string,
  region: string,
): Promise<LoadBalancerTarget | undefined> {
  const balancer = await ask("Slb", "DescribeLoadBalancerAttribute", { LoadBalancerId: id, RegionId: region }, region);
  if (balancer === undefined) return undefined;
  const listed = listIn(balancer, "ListenerPortsAndProtocol", "ListenerPortAndProtocol");
  const listeners = await Promise.all(
    listed.map(async (one): Promise<Listener[]> => {
      const protocol = PROTOCOLS.find((name) => name === textIn(one, "ListenerProtocol").toLowerCase());
      const listener =
        protocol === undefined
          ? undefined
          : await listenerAt(ask, balancer, region, Number(textIn(one, "ListenerPort")), protocol);
      return listener === undefined ? [] : [listener];
    }),
  );
  return {
    loadBalancerId: id,
    region,
    accessPoints: [],
    active: textIn(balancer, "LoadBalancerStatus") === "active",
    listeners: listeners.flat(),
  };
}

async function listenerAt(
  ask: Ask,
  balancer: Body,
  region: string,
  port: number,
  protocol: Protocol,
): Promise<Listener | undefined> {
  const action = `DescribeLoadBalancer${protocol.toUpperCase()}ListenerAttribute`;
  const params = { LoadBalancerId: textIn(balancer, "LoadBalancerId"), ListenerPort: String(port), RegionId: region };
  const listener = await ask("Slb", action, params, region);
  if (listener === undefined) return undefined;
  const servers = await serversOf(ask, balancer, listener, region);
  const running = await runningServers(
    ask,
    servers.map((one) => textIn(one, "ServerId")),
    region,
  );
  return {
    port,
    protocol,
    running: textIn(listener, "Status").toLowerCase() === "running",
    backEnds: servers.map((one): BackEnd => ({
      serverId: textIn(one, "ServerId"),
      // Servers of a group have ports of their own; the load balancer's own servers take the listener's.
      port: Number(textIn(one, "Port") || textIn(listener, "BackendServerPort") || port),
      weight: Number(textIn(one, "Weight") || 100),
      healthy: running.has(textIn(one, "ServerId")),
    })),
  };
}

/** The servers of the listener's server group, else those of the load balancer itself. */
async function serversOf(ask: Ask, balancer: Body, listener: Body, region: string): Promise<Body[]> {
  const group = textIn(listener, "VServerGroupId");
  if (group === "") return listIn(balancer, "BackendServers", "BackendServer");
  const body = await ask("Slb", "DescribeVServerGroupAttribute", { VServerGroupId: group, RegionId: region }, region);
  return listIn(body, "BackendServers", "BackendServer");
}

/** Which of these servers can answer: instances that run, network interfaces that are attached to one. */
async function runningServers(ask: Ask, ids: readonly string[], region: string): Promise<ReadonlySet<string>> {
  const instances = [...new Set(ids.filter((id) => id.startsWith("i-")))];
  const interfaces = [...new Set(ids.filter((id) => id.startsWith("eni-")))];
  const running = new Set<string>();
  // DescribeInstances takes at most 100 ids.
  for (let at = 0; at < instances.length; at += 100) {
    const page = instances.slice(at, at + 100);
    const params = { RegionId: region, InstanceIds: JSON.stringify(page), PageSize: "100", PageNumber: "1" };
    const body = await ask("Ecs", "DescribeInstances", params, region);
    for (const one of listIn(body, "Instances", "Instance"))
      if (textIn(one, "Status") === "Running") running.add(textIn(one, "InstanceId"));
  }
  for (const id of interfaces) {
    const body = await ask(
      "Ecs",
      "DescribeNetworkInterfaces",
      { RegionId: region, "NetworkInterfaceId.1": id },
      region,
    );
    for (const one of listIn(body, "NetworkInterfaceSets", "NetworkInterfaceSet"))
      if (textIn(one, "Status") === "InUse") running.add(textIn(one, "NetworkInterfaceId"));
  }
  return running;
}
