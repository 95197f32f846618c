import type { Actions, Call } from "../call";
import { contains, overlaps, parseBlock } from "../cidr";
import type { Body } from "../contract";
import { zonesOf } from "../data/regions";
import { invalid, quotaExceeded, refused } from "../errors";
import type { Vpc, VSwitch } from "../model";
import { numberedPage } from "../paging";
import { freeAddresses } from "./addresses";
import { changedText, checkZone, defined, descriptionIn, isoTime, nameIn } from "./checks";
import { needed } from "./find";
import { hasTags, tagList } from "./tags";

const name = (call: Call): string => nameIn(call, "VSwitchName", "network", "InvalidVswitchName.Malformed");
const description = (call: Call): string => descriptionIn(call, "InvalidVswitchDescription.Malformed");

function createVSwitch(call: Call): Body {
  const vpc = needed(call, "vpc");
  const zone = checkZone(vpc.region, call.params.need("ZoneId"));
  const cidr = call.params.need("CidrBlock");
  if (call.statusOf(vpc) === "Pending")
    throw refused("IncorrectVpcStatus", "Current VPC status does not support this operation.");
  return make(call, vpc, zone, cidr, false, name(call), description(call));
}

function createDefaultVSwitch(call: Call): Body {
  const region = call.needRegion();
  const vpc = call.list("vpc").find((candidate) => candidate.isDefault);
  if (vpc === undefined) throw refused("OperationFailed.DefaultVpcNotExist", "There is no default VPC in the region.");
  const zone = checkZone(region.id, call.params.text("ZoneId") ?? zonesOf(region)[0]!);
  const vswitches = call.by("vswitch", "vpc", vpc.id);
  if (vswitches.some((vswitch) => vswitch.isDefault && vswitch.zone === zone))
    throw refused("OperationFailed.DefaultVSwitchExist", "The default vSwitch of this zone exists already.");
  const free = Array.from({ length: 16 }, (_, index) => `172.31.${index * 16}.0/20`).find(
    (cidr) => !vswitches.some((vswitch) => overlaps(parseBlock(vswitch.cidr)!, parseBlock(cidr)!)),
  );
  if (free === undefined) throw refused("InvalidCidrBlock.Overlapped", "The default VPC has no free CIDR block left.");
  return make(call, vpc, zone, free, true, "", "");
}

function make(call: Call, vpc: Vpc, zone: string, cidr: string, isDefault: boolean, given: string, text: string): Body {
  const block = parseBlock(cidr);
  if (block === undefined || block.mask < 16 || block.mask > 29)
    throw invalid("CidrBlock", `"${cidr}" is not a network of mask 16 to 29.`, "InvalidCidrBlock.Malformed");
  if (![vpc.cidr, ...vpc.secondaryCidrs].some((outer) => contains(parseBlock(outer)!, block)))
    throw refused("InvalidCidrBlock.NotInVpc", `Specified CIDR block ${cidr} does not belong to the specified VPC.`);
  const others = call.by("vswitch", "vpc", vpc.id);
  if (others.some((other) => overlaps(parseBlock(other.cidr)!, block)))
    throw refused("InvalidCidrBlock.Overlapped", "Specified CIDR block is overlapped with other subnet.");
  const limit = call.settings.quotas.vswitchesPerVpc;
  if (others.length >= limit) throw quotaExceeded("QuotaExceeded.VSwitch", "vSwitches per VPC", limit);
  const vswitch: VSwitch = {
    id: call.ids.make("vsw", vpc.region),
    region: vpc.region,
    created: call.now,
    group: vpc.group,
    tags: {},
    vpc: vpc.id,
    zone,
    cidr,
    name: given,
    description: text,
    status: call.status(["Pending", "vswitch"], ["Available"]),
    isDefault,
    ipv6Cidr: ipv6Of(vpc, call.params.int("Ipv6CidrBlock", { min: 0, max: 255 })),
  };
  call.put("vswitch", vswitch);
  return { VSwitchId: vswitch.id };
}

/** The /64 with the given number inside the VPC's /56. */
function ipv6Of(vpc: Vpc, number: number | undefined): string {
  if (number === undefined) return "";
  if (vpc.ipv6Cidr === "") throw refused("OperationDenied.VpcNotEnableIpv6", "The VPC has no IPv6 CIDR block.");
  return vpc.ipv6Cidr.replace(/00::\/56$/, `${number.toString(16).padStart(2, "0")}::/64`);
}

function attributes(call: Call, vswitch: VSwitch): Body {
  return {
    VSwitchId: vswitch.id,
    VpcId: vswitch.vpc,
    Status: call.statusOf(vswitch),
    CidrBlock: vswitch.cidr,
    Ipv6CidrBlock: vswitch.ipv6Cidr,
    ZoneId: vswitch.zone,
    AvailableIpAddressCount: freeAddresses(call, vswitch),
    Description: vswitch.description,
    VSwitchName: vswitch.name,
    CreationTime: isoTime(vswitch.created),
    IsDefault: vswitch.isDefault,
    ResourceGroupId: vswitch.group,
    NetworkAclId: "",
    OwnerId: Number(call.settings.accountId),
    ShareType: "",
    RouteTable: { RouteTableId: call.findAnywhere("vpc", vswitch.vpc)?.routeTable.id ?? "", RouteTableType: "System" },
    Tags: { Tag: tagList(vswitch.tags) },
  };
}

function describeVSwitches(call: Call): Body {
  const { params } = call;
  const ids = (params.text("VSwitchId") ?? "").split(",").filter((id) => id !== "");
  const tags = params.tags();
  const isDefault = params.flag("IsDefault");
  const vpc = params.text("VpcId");
  const table = params.text("RouteTableId");
  const found = (vpc === undefined ? call.list("vswitch") : call.by("vswitch", "vpc", vpc))
    .filter((vswitch) => ids.length === 0 || ids.includes(vswitch.id))
    .filter((vswitch) => (params.text("ZoneId") ?? vswitch.zone) === vswitch.zone)
    .filter((vswitch) => (params.text("VSwitchName") ?? vswitch.name) === vswitch.name)
    .filter((vswitch) => (params.text("ResourceGroupId") ?? vswitch.group) === vswitch.group)
    .filter((vswitch) => isDefault === undefined || vswitch.isDefault === isDefault)
    .filter((vswitch) => table === undefined || call.findAnywhere("vpc", vswitch.vpc)?.routeTable.id === table)
    .filter(() => (params.text("VSwitchOwnerId") ?? call.settings.accountId) === call.settings.accountId)
    .filter((vswitch) => hasTags(vswitch.tags, tags));
  const page = numberedPage(call, found, 10, 50);
  return { ...page.numbers, VSwitches: { VSwitch: page.items.map((vswitch) => attributes(call, vswitch)) } };
}

function modifyVSwitchAttribute(call: Call): Body {
  const vswitch = needed(call, "vswitch");
  if (call.statusOf(vswitch) !== "Available")
    throw refused("IncorrectStatus.VSwitch", "The status of the vSwitch does not support this operation.");
  const enable = call.params.flag("EnableIPv6");
  const number = call.params.int("Ipv6CidrBlock", { min: 0, max: 255 });
  call.update("vswitch", vswitch, {
    ...defined<Pick<VSwitch, "name" | "description" | "ipv6Cidr">>({
      name: changedText(call, "VSwitchName", () => name(call)),
      description: changedText(call, "Description", () => description(call)),
      ipv6Cidr:
        enable === false ? "" : number === undefined ? undefined : ipv6Of(needed(call, "vpc", vswitch.vpc), number),
    }),
    status: call.status(["Pending", "vswitch"], ["Available"]),
  });
  return {};
}

function deleteVSwitch(call: Call): Body {
  const vswitch = needed(call, "vswitch");
  const inside =
    call.countBy("network-interface", "vswitch", vswitch.id) +
    call.countBy("instance", "vswitch", vswitch.id) +
    call.countBy("load-balancer", "vswitch", vswitch.id);
  if (inside > 0)
    throw refused(
      "DependencyViolation",
      "Specified object has dependent resources: something is still in the vSwitch.",
    );
  if (call.statusOf(vswitch) !== "Available")
    throw refused("IncorrectVSwitchStatus", "The status of the vSwitch does not support this operation.");
  call.remove("vswitch", vswitch.id);
  return {};
}

export const vswitchActions: Actions = {
  CreateVSwitch: createVSwitch,
  CreateDefaultVSwitch: createDefaultVSwitch,
  DescribeVSwitchAttributes: (call) => attributes(call, needed(call, "vswitch")),
  DescribeVSwitches: describeVSwitches,
  ModifyVSwitchAttribute: modifyVSwitchAttribute,
  DeleteVSwitch: deleteVSwitch,
};
