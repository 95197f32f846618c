import type { Kind, Kinds } from "./model";

/** Look-ups that must not walk all objects. Each gives the keys under which a record is found. */
export type IndexOf<K extends Kind> = Readonly<Record<string, (record: Kinds[K]) => readonly string[]>>;

const region = (record: { readonly region: string }): readonly string[] => [record.region];
const some = (...keys: readonly string[]): readonly string[] => keys.filter((key) => key !== "");

/** Key of one address inside a vSwitch. */
export const ipKey = (vswitch: string, ip: string): string => `${vswitch}/${ip}`;

export const INDEXES: { readonly [K in Kind]: IndexOf<K> } = {
  vpc: { region, routeTable: (r) => [r.routeTable.id] },
  vswitch: { region, vpc: (r) => [r.vpc] },
  "security-group": {
    region,
    vpc: (r) => some(r.vpc),
    references: (r) => some(...new Set(r.rules.map((x) => x.groupId))),
  },
  eip: { region, ip: (r) => [r.ip], instance: (r) => some(r.binding?.instance ?? "") },
  disk: { region, instance: (r) => some(r.instance) },
  "network-interface": {
    region,
    vswitch: (r) => [r.vswitch],
    instance: (r) => some(r.instance),
    group: (r) => r.groups,
    ip: (r) => [r.ip, ...r.secondaryIps].map((ip) => ipKey(r.vswitch, ip)),
  },
  instance: { region, vswitch: (r) => some(r.vswitch), group: (r) => r.groups, publicIp: (r) => some(r.publicIp) },
  "load-balancer": {
    region,
    vswitch: (r) => some(r.vswitch),
    ip: (r) => [ipKey(r.vswitch, r.address)],
    server: (r) => r.servers.map((server) => server.id),
  },
  listener: {
    balancer: (r) => [r.balancer],
    group: (r) => some(String(r.attributes["VServerGroupId"] ?? "")),
    pair: (r) => some(String(r.attributes["MasterSlaveServerGroupId"] ?? "")),
    acl: (r) => some(...String(r.attributes["AclId"] ?? "").split(",")),
    certificate: (r) => some(String(r.attributes["ServerCertificateId"] ?? "")),
  },
  acl: { region },
  "server-certificate": { region },
  "master-slave-group": { balancer: (r) => [r.balancer] },
  "forwarding-rule": { listener: (r) => [r.listener], group: (r) => [r.group] },
  "server-group": { balancer: (r) => [r.balancer], server: (r) => [...new Set(r.servers.map((server) => server.id))] },
  "anycast-eip": { all: () => [""], ip: (r) => [r.ip] },
  "anycast-binding": { anycast: (r) => [r.anycast], instance: (r) => [r.instance] },
  "resource-group": { name: (r) => [r.name] },
  token: {},
};
