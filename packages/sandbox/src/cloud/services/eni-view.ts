import type { Call } from "../call";
import type { Body } from "../contract";
import type { NetworkInterface } from "../model";
import { numberedPage } from "../paging";
import { isoTime } from "./checks";
import { bindingOf } from "./eip-view";
import { hasTags } from "./tags";

function attributes(call: Call, eni: NetworkInterface): Body {
  const eip = call.by("eip", "instance", eni.id).find((one) => bindingOf(one, call.now) !== undefined);
  const associated = eip === undefined ? {} : { AssociatedPublicIp: { AllocationId: eip.id, PublicIpAddress: eip.ip } };
  return {
    NetworkInterfaceId: eni.id,
    NetworkInterfaceName: eni.name,
    Description: eni.description,
    Status: call.statusOf(eni),
    Type: eni.type,
    VpcId: eni.vpc,
    VSwitchId: eni.vswitch,
    ZoneId: eni.zone,
    MacAddress: eni.mac,
    PrivateIpAddress: eni.ip,
    PrivateIpSets: {
      PrivateIpSet: [eni.ip, ...eni.secondaryIps].map((ip, index) => ({
        PrivateIpAddress: ip,
        Primary: index === 0,
        ...(index === 0 ? associated : {}),
      })),
    },
    ...associated,
    Ipv6Sets: { Ipv6Set: eni.ipv6.map((Ipv6Address) => ({ Ipv6Address })) },
    Ipv4PrefixSets: { Ipv4PrefixSet: eni.prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })) },
    Ipv6PrefixSets: { Ipv6PrefixSet: [] },
    SecurityGroupIds: { SecurityGroupId: eni.groups },
    InstanceId: eni.instance,
    // Clients read this object's fields without asking whether it is there when the interface is attached.
    Attachment:
      eni.instance === ""
        ? {}
        : { InstanceId: eni.instance, NetworkCardIndex: eni.cardIndex, DeviceIndex: eni.type === "Primary" ? 0 : 1 },
    // Only a group that was asked for: clients would see a change otherwise.
    ResourceGroupId: eni.ownGroup,
    QueueNumber: eni.queues,
    QueuePairNumber: eni.queuePairs,
    NetworkInterfaceTrafficMode: eni.trafficMode,
    SourceDestCheck: eni.sourceDestCheck,
    DeleteOnRelease: eni.deleteOnRelease,
    OwnerId: call.settings.accountId,
    ServiceManaged: false,
    CreationTime: isoTime(eni.created),
    Tags: { Tag: Object.entries(eni.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
  };
}

/** DescribeNetworkInterfaces. */
export function describeEnis(call: Call): Body {
  const { params } = call;
  const ids = params.list("NetworkInterfaceId");
  const instance = params.text("InstanceId");
  const vswitch = params.text("VSwitchId");
  const group = params.text("SecurityGroupId");
  const addresses = params.list("PrivateIpAddress");
  const tags = params.tags();
  const base =
    ids.length > 0 ? ids.flatMap((id) => call.find("network-interface", id) ?? []) : call.list("network-interface");
  const found = base
    .filter((eni) => instance === undefined || eni.instance === instance)
    .filter((eni) => vswitch === undefined || eni.vswitch === vswitch)
    .filter((eni) => group === undefined || eni.groups.includes(group))
    .filter((eni) => (params.text("VpcId") ?? eni.vpc) === eni.vpc)
    .filter((eni) => (params.text("Type") ?? eni.type) === eni.type)
    .filter((eni) => (params.text("NetworkInterfaceName") ?? eni.name) === eni.name)
    .filter((eni) => (params.text("PrimaryIpAddress") ?? eni.ip) === eni.ip)
    .filter((eni) => (params.text("Status") ?? call.statusOf(eni)) === call.statusOf(eni))
    .filter((eni) => addresses.length === 0 || addresses.some((ip) => ip === eni.ip || eni.secondaryIps.includes(ip)))
    .filter((eni) => hasTags(eni.tags, tags));
  const page = numberedPage(call, found, 10, 500);
  return {
    ...page.numbers,
    NextToken: "",
    NetworkInterfaceSets: { NetworkInterfaceSet: page.items.map((eni) => attributes(call, eni)) },
  };
}
