import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { invalid, missing, refused } from "../errors";
import type { NetworkInterface } from "../model";
import { takeAddresses } from "./addresses";
import { descriptionIn, nameIn } from "./checks";
import { checkGroups, newInterface, newIpv6, newPrefixes } from "./eni-parts";
import { eniChangeActions } from "./eni-change";
import { describeEnis } from "./eni-view";
import { needed } from "./find";
import { groupFor } from "./groups";
import { checkTags } from "./tags";

/** Addresses of one interface. */
const MAX_ADDRESSES = 30;

function create(call: Call): Body {
  const { params } = call;
  const vswitch = needed(call, "vswitch");
  if (call.statusOf(vswitch) !== "Available")
    throw refused("InvalidVSwitchId.NotAvailable", "The vSwitch is not available yet.");
  const one = params.text("SecurityGroupId");
  const groups = one === undefined ? params.list("SecurityGroupIds") : [one];
  if (groups.length === 0) throw missing("SecurityGroupId");
  const base = newInterface(call, {
    vswitch,
    groups: checkGroups(call, vswitch.vpc, groups),
    ip: params.text("PrimaryIpAddress"),
    name: nameIn(call, "NetworkInterfaceName", "ecs", "InvalidEniName.Malformed"),
    description: descriptionIn(call, "InvalidDescription.Malformed"),
    group: groupFor(call),
    ownGroup: params.text("ResourceGroupId") ?? "",
  });
  // The primary address is taken from here on, so that the secondary ones differ from it.
  call.put("network-interface", base);
  const secondary = params.list("PrivateIpAddress").filter((ip) => ip !== base.ip);
  const count = params.int("SecondaryPrivateIpAddressCount", { min: 1, max: MAX_ADDRESSES }) ?? 0;
  if (secondary.length > 0 && count > 0)
    throw invalid(
      "SecondaryPrivateIpAddressCount",
      "it cannot be given together with PrivateIpAddress.N.",
      "InvalidParameter.Conflict",
    );
  const ipv6 = params.list("Ipv6Address");
  const prefixes = params.list("Ipv4Prefix");
  const eni: NetworkInterface = {
    ...base,
    type: params.oneOf("InstanceType", ["Secondary", "Trunk"], "InvalidInstanceType.ValueNotSupported") ?? base.type,
    tags: checkTags(params.tags()),
    secondaryIps: takeAddresses(call, vswitch, secondary, count),
    ipv6: ipv6.length > 0 ? ipv6 : newIpv6(call, vswitch, params.int("Ipv6AddressCount", { min: 1, max: 10 }) ?? 0),
    prefixes:
      prefixes.length > 0
        ? prefixes
        : newPrefixes(call, vswitch, params.int("Ipv4PrefixCount", { min: 1, max: 10 }) ?? 0),
    queues: params.int("QueueNumber", { min: 1, max: 2048 }) ?? 1,
    trafficMode: params.oneOf("NetworkInterfaceTrafficMode", ["Standard", "HighPerformance"]) ?? "Standard",
    sourceDestCheck: params.flag("SourceDestCheck") ?? false,
    deleteOnRelease: params.flag("DeleteOnRelease") ?? true,
  };
  call.put("network-interface", eni);
  return { NetworkInterfaceId: eni.id };
}

function remove(call: Call): Body {
  const eni = needed(call, "network-interface");
  if (eni.type === "Primary" || eni.instance !== "")
    throw refused("InvalidOperation.InvalidEniState", "The network interface is attached to an instance.");
  if (call.statusOf(eni) !== "Available")
    throw refused(
      "InvalidOperation.InvalidEniState",
      "The status of the network interface does not support this operation.",
    );
  if (call.countBy("anycast-binding", "instance", eni.id) > 0)
    throw refused("InvalidOperation.AnycastEipAssociated", "An Anycast EIP is associated with the network interface.");
  const gone = call.doneAt("networkInterfaceDelete");
  if (gone === call.now) call.remove("network-interface", eni.id);
  else call.update("network-interface", eni, { status: [["Deleting"]], ...(gone === undefined ? {} : { gone }) });
  return {};
}

export const eniActions: Actions = {
  CreateNetworkInterface: create,
  DescribeNetworkInterfaces: describeEnis,
  DeleteNetworkInterface: remove,
  ...eniChangeActions,
};
