import type { Settings } from "./call";
import type { BindingView, CloudSnapshot, ObjectView } from "./contract";
import { ACCESS_POINTS } from "./data/anycast";
import type { Kind, Kinds } from "./model";
import { isoTime } from "./services/checks";
import { bindingOf } from "./services/eip-view";
import { statusAt } from "./status";
import type { View } from "./store/state";

type Facts = Readonly<Record<string, string>>;
type Show<K extends Kind> = (
  record: Kinds[K],
  now: number,
) => { readonly name: string; readonly status: string; readonly facts: Facts };

const idsOf = (servers: readonly { readonly id: string }[]): string => servers.map(({ id }) => id).join(",");

/** How each kind is shown to observers. Kinds that are parts of others are not listed. */
const SHOWN: { readonly [K in Kind]?: Show<K> } = {
  vpc: (r, now) => ({ name: r.name, status: statusAt(r.status, now), facts: { cidr: r.cidr } }),
  vswitch: (r, now) => ({
    name: r.name,
    status: statusAt(r.status, now),
    facts: { cidr: r.cidr, zone: r.zone, vpc: r.vpc },
  }),
  "security-group": (r) => ({ name: r.name, status: "", facts: { vpc: r.vpc, rules: String(r.rules.length) } }),
  eip: (r, now) => ({
    name: r.name,
    status: statusAt(r.status, now),
    facts: { ip: r.ip, instance: bindingOf(r, now)?.instance ?? "" },
  }),
  instance: (r, now) => ({
    name: r.name,
    status: statusAt(r.status, now),
    facts: { type: r.type, zone: r.zone, vswitch: r.vswitch },
  }),
  disk: (r) => ({
    name: r.name,
    status: "In_use",
    facts: { instance: r.instance, category: r.category, size: String(r.size) },
  }),
  "network-interface": (r, now) => ({
    name: r.name,
    status: statusAt(r.status, now),
    facts: { ip: r.ip, vswitch: r.vswitch, instance: r.instance },
  }),
  "load-balancer": (r, now) => ({
    name: r.name,
    status: statusAt(r.status, now),
    facts: {
      address: r.address,
      "address-type": r.addressType,
      vpc: r.vpc,
      vswitch: r.vswitch,
      servers: idsOf(r.servers),
    },
  }),
  listener: (r, now) => ({
    name: `${r.protocol}:${r.port}`,
    status: statusAt(r.status, now),
    facts: { "load-balancer": r.balancer },
  }),
  "server-group": (r) => ({
    name: r.name,
    status: "",
    facts: { "load-balancer": r.balancer, servers: String(r.servers.length), members: idsOf(r.servers) },
  }),
  acl: (r) => ({ name: r.name, status: "", facts: { entries: String(r.entries.length) } }),
  "server-certificate": (r) => ({ name: r.name, status: "", facts: { "common-name": r.commonName } }),
  "forwarding-rule": (r) => ({ name: r.name, status: "", facts: { "load-balancer": r.balancer } }),
  "master-slave-group": (r) => ({ name: r.name, status: "", facts: { "load-balancer": r.balancer } }),
  "anycast-eip": (r, now) => ({
    name: r.name,
    status: statusAt(r.status, now),
    facts: { ip: r.ip, bandwidth: String(r.bandwidth), "service-location": r.serviceLocation },
  }),
  "resource-group": (r, now) => ({ name: r.name, status: statusAt(r.status, now), facts: {} }),
};

/** What exists at a moment. */
export function snapshotOf(view: View, directory: string, settings: Settings, now: number): CloudSnapshot {
  const bindings = view.all("anycast-binding").map((binding): BindingView => ({
    anycastId: binding.anycast,
    instanceId: binding.instance,
    instanceType: binding.type,
    region: binding.region,
    mode: binding.mode,
    status: statusAt(binding.status, now),
    popLocations: binding.pops,
  }));
  const bound = new Map(bindings.map((binding) => [binding.anycastId, binding.status]));
  const objects = (Object.keys(SHOWN) as Kind[]).flatMap((kind) =>
    listed(view, kind, now).map((object) =>
      kind === "anycast-eip" && object.status === "Allocated" && bound.has(object.id)
        ? { ...object, status: boundStatus(bound.get(object.id)!) }
        : object,
    ),
  );
  return {
    directory,
    accountId: settings.accountId,
    at: now,
    regions: settings.regions,
    objects,
    bindings,
    accessPoints: ACCESS_POINTS,
  };
}

const boundStatus = (binding: string): string =>
  ({ BINDING: "Associating", UNBINDING: "Unassociating", MODIFYING: "Modifying" })[binding] ?? "Associated";

function listed<K extends Kind>(view: View, kind: K, now: number): ObjectView[] {
  const show = SHOWN[kind] as Show<K>;
  return view.all(kind).map((record) => {
    const { name, status, facts } = show(record, now);
    const kept = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ""));
    return { kind, id: record.id, region: record.region, name, status, created: isoTime(record.created), facts: kept };
  });
}
