import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { missing, refused } from "../errors";
import type { NetworkInterface } from "../model";
import { takeAddresses } from "./addresses";
import { changedText, defined, descriptionIn, nameIn } from "./checks";
import { checkGroups, newIpv6, newPrefixes } from "./eni-parts";
import { needed } from "./find";

function modify(call: Call): Body {
  const eni = needed(call, "network-interface");
  const { params } = call;
  const groups = params.list("SecurityGroupId");
  call.update(
    "network-interface",
    eni,
    defined<
      Pick<NetworkInterface, "name" | "description" | "queues" | "groups" | "sourceDestCheck" | "deleteOnRelease">
    >({
      name: changedText(call, "NetworkInterfaceName", () =>
        nameIn(call, "NetworkInterfaceName", "ecs", "InvalidEniName.Malformed"),
      ),
      description: changedText(call, "Description", () => descriptionIn(call, "InvalidDescription.Malformed")),
      queues: params.int("QueueNumber", { min: 1, max: 2048 }),
      groups: groups.length === 0 ? undefined : checkGroups(call, eni.vpc, groups),
      sourceDestCheck: params.flag("SourceDestCheck"),
      deleteOnRelease: params.flag("DeleteOnRelease"),
    }),
  );
  return {};
}

function assign(call: Call): Body {
  const eni = needed(call, "network-interface");
  const vswitch = needed(call, "vswitch", eni.vswitch);
  const count = call.params.int("SecondaryPrivateIpAddressCount", { min: 1, max: 50 }) ?? 0;
  const prefixes = call.params.list("Ipv4Prefix");
  const prefixCount = call.params.int("Ipv4PrefixCount", { min: 1, max: 10 }) ?? 0;
  const asked = call.params.list("PrivateIpAddress");
  if (asked.length + count + prefixes.length + prefixCount === 0) throw missing("PrivateIpAddress.N");
  const added = takeAddresses(call, vswitch, asked, count);
  const newOnes = [...prefixes, ...newPrefixes(call, vswitch, prefixCount)];
  call.update("network-interface", eni, {
    secondaryIps: [...eni.secondaryIps, ...added],
    prefixes: [...eni.prefixes, ...newOnes],
  });
  return {
    AssignedPrivateIpAddressesSet: {
      NetworkInterfaceId: eni.id,
      PrivateIpSet: { PrivateIpAddress: added },
      Ipv4PrefixSet: { Ipv4Prefixes: newOnes },
    },
  };
}

function unassign(call: Call): Body {
  const eni = needed(call, "network-interface");
  const gone = call.params.list("PrivateIpAddress");
  const prefixes = call.params.list("Ipv4Prefix");
  if (gone.includes(eni.ip)) throw refused("InvalidOperation.PrimaryIp", "The primary address cannot be taken away.");
  const bound = call.by("anycast-binding", "instance", eni.id).find((binding) => gone.includes(binding.privateIp));
  if (bound !== undefined)
    throw refused("InvalidOperation.AnycastEipAssociated", "An Anycast EIP is associated with the address.");
  call.update("network-interface", eni, {
    secondaryIps: eni.secondaryIps.filter((ip) => !gone.includes(ip)),
    prefixes: eni.prefixes.filter((prefix) => !prefixes.includes(prefix)),
  });
  return {};
}

function assignIpv6(call: Call): Body {
  const eni = needed(call, "network-interface");
  const vswitch = needed(call, "vswitch", eni.vswitch);
  const asked = call.params.list("Ipv6Address");
  const added =
    asked.length > 0 ? asked : newIpv6(call, vswitch, call.params.int("Ipv6AddressCount", { min: 1, max: 10 }) ?? 0);
  call.update("network-interface", eni, { ipv6: [...eni.ipv6, ...added] });
  return { NetworkInterfaceId: eni.id, Ipv6Sets: { Ipv6Address: added } };
}

function unassignIpv6(call: Call): Body {
  const eni = needed(call, "network-interface");
  const gone = call.params.list("Ipv6Address");
  call.update("network-interface", eni, { ipv6: eni.ipv6.filter((ip) => !gone.includes(ip)) });
  return {};
}

function attach(call: Call): Body {
  const eni = needed(call, "network-interface");
  const instance = needed(call, "instance");
  if (eni.instance !== "" || call.statusOf(eni) !== "Available")
    throw refused("InvalidOperation.InvalidEniState", "The network interface is not free.");
  if (eni.zone !== instance.zone || eni.vpc !== instance.vpc)
    throw refused(
      "InvalidOperation.AvailabilityZoneMismatch",
      "The network interface and the instance are in different zones or VPCs.",
    );
  call.update("network-interface", eni, {
    instance: instance.id,
    status: call.status(["Attaching", "networkInterface"], ["InUse"]),
  });
  return {};
}

function detach(call: Call): Body {
  const eni = needed(call, "network-interface");
  const instance = call.params.need("InstanceId");
  if (eni.type === "Primary" || eni.instance !== instance)
    throw refused(
      "InvalidOperation.DetachPrimaryEniNotAllowed",
      "Only a secondary interface of this instance can be detached.",
    );
  call.update("network-interface", eni, {
    instance: "",
    status: call.status(["Detaching", "networkInterface"], ["Available"]),
  });
  return {};
}

export const eniChangeActions: Actions = {
  ModifyNetworkInterfaceAttribute: modify,
  AssignPrivateIpAddresses: assign,
  UnassignPrivateIpAddresses: unassign,
  AssignIpv6Addresses: assignIpv6,
  UnassignIpv6Addresses: unassignIpv6,
  AttachNetworkInterface: attach,
  DetachNetworkInterface: detach,
};
