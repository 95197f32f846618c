import type { Call } from "../call";
import { notFound, refused } from "../errors";
import type { NetworkInterface, VSwitch } from "../model";
import { takeAddresses } from "./addresses";

/** Security groups that exist and belong to the vSwitch's VPC. @throws CloudError */
export function checkGroups(call: Call, vpc: string, groups: readonly string[]): string[] {
  for (const id of groups) {
    const group = call.find("security-group", id);
    if (group === undefined)
      throw notFound("InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist.");
    if (group.vpc !== vpc)
      throw refused(
        "InvalidSecurityGroupId.VPCMismatch",
        `The security group ${id} and the vSwitch are in different VPCs.`,
      );
  }
  return [...new Set(groups)];
}

/** What is the same for interfaces made alone and together with an instance. */
export interface NewInterface {
  readonly vswitch: VSwitch;
  readonly groups: readonly string[];
  readonly ip: string | undefined;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly ownGroup: string;
}

/** An interface with the cloud's defaults, not attached to anything. */
export function newInterface(call: Call, given: NewInterface): NetworkInterface {
  const { vswitch, ip, ...rest } = given;
  return {
    ...rest,
    id: call.ids.make("eni", vswitch.region, 17),
    region: vswitch.region,
    created: call.now,
    tags: {},
    vpc: vswitch.vpc,
    vswitch: vswitch.id,
    zone: vswitch.zone,
    type: "Secondary",
    mac: call.ids.mac(),
    ip: takeAddresses(call, vswitch, ip === undefined ? [] : [ip], ip === undefined ? 1 : 0)[0]!,
    secondaryIps: [],
    ipv6: [],
    prefixes: [],
    instance: "",
    status: call.status(["Creating", "networkInterface"], ["Available"]),
    queues: 1,
    queuePairs: 0,
    trafficMode: "Standard",
    cardIndex: 0,
    sourceDestCheck: false,
    deleteOnRelease: true,
  };
}

/** IPv6 addresses inside the vSwitch's block. */
export function newIpv6(call: Call, vswitch: VSwitch, count: number): string[] {
  if (count === 0) return [];
  if (vswitch.ipv6Cidr === "") throw refused("InvalidVSwitch.Ipv6NotTurnOn", "The vSwitch has no IPv6 CIDR block.");
  const digits = (): string => call.ids.letters(4, "123456789abcdef");
  return Array.from({ length: count }, () =>
    vswitch.ipv6Cidr.replace(/::\/64$/, `:${digits()}:${digits()}:${digits()}:${digits()}`),
  );
}

/** `/28` prefixes out of the vSwitch; only their form matters. */
export function newPrefixes(call: Call, vswitch: VSwitch, count: number): string[] {
  return Array.from(
    { length: count },
    () => `${vswitch.cidr.split(".").slice(0, 2).join(".")}.${call.ids.below(256)}.${16 * call.ids.below(16)}/28`,
  );
}
