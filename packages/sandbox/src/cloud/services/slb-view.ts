import type { Call } from "../call";
import type { Body } from "../contract";
import type { LoadBalancer } from "../model";
import { numberedPage } from "../paging";
import { isoTime } from "./checks";
import { needed } from "./find";
import { hasTags, tagList } from "./tags";

function attributes(call: Call, balancer: LoadBalancer): Body {
  return {
    LoadBalancerId: balancer.id,
    LoadBalancerName: balancer.name,
    LoadBalancerStatus: call.statusOf(balancer),
    Address: balancer.address,
    AddressType: balancer.addressType,
    AddressIPVersion: balancer.ipVersion,
    NetworkType: balancer.vswitch === "" ? "classic" : "vpc",
    VpcId: balancer.vpc,
    VSwitchId: balancer.vswitch,
    RegionId: balancer.region,
    RegionIdAlias: balancer.region,
    MasterZoneId: balancer.masterZone,
    SlaveZoneId: balancer.slaveZone,
    Bandwidth: balancer.bandwidth,
    InternetChargeType: balancer.internetChargeType,
    InternetChargeTypeAlias: balancer.internetChargeType,
    LoadBalancerSpec: balancer.spec,
    InstanceChargeType: balancer.instanceChargeType,
    PayType: balancer.payType,
    ResourceGroupId: balancer.group,
    DeleteProtection: balancer.deleteProtection,
    ModificationProtectionStatus: balancer.modification.status,
    ModificationProtectionReason: balancer.modification.reason,
    CreateTime: isoTime(balancer.created),
    CreateTimeStamp: balancer.created,
    ServiceManagedMode: "Unmanaged",
    Tags: { Tag: tagList(balancer.tags, "TagKey", "TagValue") },
  };
}

/** DescribeLoadBalancerAttribute. */
export function describeBalancer(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const listeners = call.by("listener", "balancer", balancer.id);
  const ports = listeners.map((listener) => ({
    ListenerPort: listener.port,
    ListenerProtocol: listener.protocol,
    ListenerForward: String(listener.attributes["ListenerForward"] ?? "off"),
    ...(listener.attributes["ForwardPort"] === undefined ? {} : { ForwardPort: listener.attributes["ForwardPort"] }),
    Description: String(listener.attributes["Description"] ?? ""),
  }));
  return {
    ...attributes(call, balancer),
    EndTime: "2999-09-08T16:00:00Z",
    EndTimeStamp: 32493801600000,
    RenewalDuration: 0,
    RenewalStatus: "Normal",
    RenewalCycUnit: "",
    AutoReleaseTime: 0,
    BackendServers: {
      BackendServer: balancer.servers.map((server) => ({
        ServerId: server.id,
        Weight: server.weight,
        Type: server.type,
        ServerIp: server.ip,
        Description: server.description,
      })),
    },
    ListenerPorts: { ListenerPort: listeners.map((listener) => listener.port) },
    // Misspelt in the real answer as well; clients read both, with the protocol under either name.
    ListenerPortsAndProtocal: {
      ListenerPortAndProtocal: ports.map((one) => ({ ...one, ListenerProtocal: one.ListenerProtocol })),
    },
    ListenerPortsAndProtocol: { ListenerPortAndProtocol: ports },
  };
}

/** DescribeLoadBalancers. */
export function listBalancers(call: Call): Body {
  const { params } = call;
  const only = (name: string, value: (balancer: LoadBalancer) => string) => (balancer: LoadBalancer) => {
    const asked = params.text(name);
    return asked === undefined || asked.split(",").includes(value(balancer));
  };
  const server = params.text("ServerId");
  const tags = params.tags();
  const vswitch = params.text("VSwitchId");
  const found = (vswitch === undefined ? call.list("load-balancer") : call.by("load-balancer", "vswitch", vswitch))
    .filter(only("LoadBalancerId", (balancer) => balancer.id))
    .filter(only("LoadBalancerName", (balancer) => balancer.name))
    .filter(only("LoadBalancerStatus", (balancer) => call.statusOf(balancer)))
    .filter(only("Address", (balancer) => balancer.address))
    .filter(only("AddressType", (balancer) => balancer.addressType))
    .filter(only("AddressIPVersion", (balancer) => balancer.ipVersion))
    .filter(only("InternetChargeType", (balancer) => balancer.internetChargeType))
    .filter(only("NetworkType", (balancer) => (balancer.vswitch === "" ? "classic" : "vpc")))
    .filter(only("PayType", (balancer) => balancer.payType))
    .filter(only("MasterZoneId", (balancer) => balancer.masterZone))
    .filter(only("SlaveZoneId", (balancer) => balancer.slaveZone))
    .filter(only("ResourceGroupId", (balancer) => balancer.group))
    .filter(only("VpcId", (balancer) => balancer.vpc))
    .filter((balancer) => server === undefined || usesServer(call, balancer, server))
    .filter((balancer) => params.text("ServerIntranetAddress") === undefined || usesAddress(call, balancer))
    .filter((balancer) => hasTags(balancer.tags, tags));
  const page = numberedPage(call, found, 50, 100);
  return { ...page.numbers, LoadBalancers: { LoadBalancer: page.items.map((balancer) => attributes(call, balancer)) } };
}

function usesServer(call: Call, balancer: LoadBalancer, server: string): boolean {
  return (
    balancer.servers.some((one) => one.id === server) ||
    call.by("server-group", "balancer", balancer.id).some((group) => group.servers.some((one) => one.id === server))
  );
}

function usesAddress(call: Call, balancer: LoadBalancer): boolean {
  const asked = call.params.text("ServerIntranetAddress")!.split(",");
  const servers = [
    ...balancer.servers,
    ...call.by("server-group", "balancer", balancer.id).flatMap((group) => group.servers),
  ];
  return servers.some((server) =>
    [server.ip, ...call.by("network-interface", "instance", server.id).map((eni) => eni.ip)].some((ip) =>
      asked.includes(ip),
    ),
  );
}
