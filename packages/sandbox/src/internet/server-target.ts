import type { Body } from "../cloud/contract";
import type { Ask } from "./ask";
import { listIn, textIn } from "./body";
import type { AccessRule, ServerTarget } from "./lookup";

/** A server that an address is bound to without a load balancer between; undefined when it does not exist. */
export async function instanceTarget(ask: Ask, id: string, region: string): Promise<ServerTarget | undefined> {
  const instance = await instanceOf(ask, id, region);
  return instance === undefined ? undefined : serverTarget(ask, instance, instance, region);
}

/** The same by one of its network interfaces. An interface that is attached to no instance has no target. */
export async function interfaceTarget(ask: Ask, id: string, region: string): Promise<ServerTarget | undefined> {
  const params = { RegionId: region, "NetworkInterfaceId.1": id };
  const body = await ask("Ecs", "DescribeNetworkInterfaces", params, region);
  const eni = listIn(body, "NetworkInterfaceSets", "NetworkInterfaceSet")[0];
  if (eni === undefined || textIn(eni, "Status") !== "InUse") return undefined;
  const instance = await instanceOf(ask, textIn(eni, "InstanceId"), region);
  return instance === undefined ? undefined : serverTarget(ask, instance, eni, region);
}

async function instanceOf(ask: Ask, id: string, region: string): Promise<Body | undefined> {
  const params = { RegionId: region, InstanceIds: JSON.stringify([id]), PageSize: "1", PageNumber: "1" };
  return listIn(await ask("Ecs", "DescribeInstances", params, region), "Instances", "Instance")[0];
}

/** @param guarded whose security groups count: the instance, or the interface */
async function serverTarget(ask: Ask, instance: Body, guarded: Body, region: string): Promise<ServerTarget> {
  const held = guarded["SecurityGroupIds"] as { readonly SecurityGroupId?: readonly string[] } | undefined;
  return {
    serverId: textIn(instance, "InstanceId"),
    region,
    accessPoints: [],
    running: textIn(instance, "Status") === "Running",
    rules: await rulesOf(ask, held?.SecurityGroupId ?? [], region),
  };
}

/**
 * What the security groups say about TCP from anywhere, the rule that decides first: the lowest number wins, and of two
 * with the same number the one that refuses. Rules for named sources do not count, a user has no address here.
 */
async function rulesOf(ask: Ask, groups: readonly string[], region: string): Promise<readonly AccessRule[]> {
  const asked = await Promise.all(
    groups.map((id) =>
      ask(
        "Ecs",
        "DescribeSecurityGroupAttribute",
        { RegionId: region, SecurityGroupId: id, Direction: "ingress" },
        region,
      ),
    ),
  );
  return asked
    .flatMap((body) => listIn(body, "Permissions", "Permission"))
    .filter((rule) => textIn(rule, "SourceCidrIp") === "0.0.0.0/0" && /^(TCP|ALL)$/.test(textIn(rule, "IpProtocol")))
    .map((rule) => ({ ...portsOf(rule), accept: textIn(rule, "Policy") === "Accept", rank: Number(rule["Priority"]) }))
    .sort((a, b) => a.rank - b.rank || Number(a.accept) - Number(b.accept))
    .map(({ from, to, accept }) => ({ from, to, accept }));
}

/** `80/90`; `-1/-1` is every port. */
function portsOf(rule: Body): { readonly from: number; readonly to: number } {
  const [from = 0, to = from] = textIn(rule, "PortRange").split("/").map(Number);
  return from < 0 ? { from: 1, to: 65_535 } : { from, to };
}
