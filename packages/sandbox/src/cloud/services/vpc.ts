import type { Actions, Call } from "../call";
import { overlaps, parseBlock } from "../cidr";
import type { Body } from "../contract";
import { invalid, notFound, quotaExceeded, refused } from "../errors";
import type { Vpc } from "../model";
import { numberedPage } from "../paging";
import { changedText, defined, descriptionIn, isoTime, nameIn } from "./checks";
import { needed } from "./find";
import { groupFor } from "./groups";
import { checkTags, hasTags, tagList } from "./tags";

const name = (call: Call): string => nameIn(call, "VpcName", "network", "InvalidVpcName.Malformed");
const description = (call: Call): string => descriptionIn(call, "InvalidVpcDiscription.Malformed");

/** A block the cloud takes for a VPC: private or user-owned, mask 8 to 28. */
function vpcBlock(text: string): string {
  const block = parseBlock(text);
  if (block === undefined || block.mask < 8 || block.mask > 28)
    throw invalid("CidrBlock", `"${text}" is not a network of mask 8 to 28.`, "InvalidCidrBlock.Malformed");
  return text;
}

function createVpc(call: Call): Body {
  const cidr = vpcBlock(call.params.text("CidrBlock") ?? "172.16.0.0/12");
  return make(call, { cidr, isDefault: false, name: name(call), description: description(call) });
}

function createDefaultVpc(call: Call): Body {
  if (call.list("vpc").some((vpc) => vpc.isDefault))
    throw refused("OperationFailed.DefaultVpcExist", "The default VPC of this region exists already.");
  return make(call, { cidr: "172.31.0.0/16", isDefault: true, name: "", description: "" });
}

function make(call: Call, given: Pick<Vpc, "cidr" | "isDefault" | "name" | "description">): Body {
  const region = call.needRegion().id;
  const { params, ids } = call;
  if (call.countBy("vpc", "region", region) >= call.settings.quotas.vpcs)
    throw quotaExceeded("QuotaExceeded.Vpc", "VPCs per region", call.settings.quotas.vpcs);
  const group = groupFor(call);
  const tags = checkTags(params.tags());
  const ipv6 = params.flag("EnableIpv6") ?? false;
  const vpc: Vpc = {
    ...given,
    id: ids.make("vpc", region),
    region,
    created: call.now,
    group,
    tags,
    status: call.status(["Pending", "vpc"], ["Available"]),
    dnsHostname: params.flag("EnableDnsHostname") ?? false,
    ipv6Cidr: ipv6 ? (params.text("Ipv6CidrBlock") ?? newIpv6(call)) : "",
    ipv6Isp: ipv6 ? (params.text("Ipv6Isp") ?? "BGP") : "",
    userCidrs: (params.text("UserCidr") ?? "").split(",").filter((cidr) => cidr !== ""),
    secondaryCidrs: [],
    classicLink: false,
    router: ids.make("vrt", region),
    routeTable: { id: ids.make("vtb", region), name: "", description: "", propagation: true },
  };
  call.endDryRun();
  call.put("vpc", vpc);
  return { VpcId: vpc.id, VRouterId: vpc.router, RouteTableId: vpc.routeTable.id, ResourceGroupId: vpc.group };
}

const newIpv6 = (call: Call): string =>
  `2408:4${call.ids.letters(3, "0123456789abcdef")}:${call.ids.letters(4, "123456789abcdef")}:ff00::/56`;

function attributes(call: Call, vpc: Vpc): Body {
  return {
    VpcId: vpc.id,
    RegionId: vpc.region,
    Status: call.statusOf(vpc),
    VpcName: vpc.name,
    CreationTime: isoTime(vpc.created),
    CidrBlock: vpc.cidr,
    Ipv6CidrBlock: vpc.ipv6Cidr,
    VRouterId: vpc.router,
    Description: vpc.description,
    IsDefault: vpc.isDefault,
    ResourceGroupId: vpc.group,
    OwnerId: Number(call.settings.accountId),
    DnsHostnameStatus: vpc.dnsHostname ? "ENABLED" : "DISABLED",
    DhcpOptionsSetId: "",
    DhcpOptionsSetStatus: "",
    EnabledIpv6: vpc.ipv6Cidr !== "",
    Ipv6CidrBlocks: {
      Ipv6CidrBlock: vpc.ipv6Cidr === "" ? [] : [{ Ipv6CidrBlock: vpc.ipv6Cidr, Ipv6Isp: vpc.ipv6Isp }],
    },
    SecondaryCidrBlocks: { SecondaryCidrBlock: vpc.secondaryCidrs },
    UserCidrs: { UserCidr: vpc.userCidrs },
    VSwitchIds: { VSwitchId: call.by("vswitch", "vpc", vpc.id).map((vswitch) => vswitch.id) },
    RouterTableIds: { RouterTableIds: [vpc.routeTable.id] },
    NatGatewayIds: { NatGatewayIds: [] },
    Tags: { Tag: tagList(vpc.tags) },
  };
}

function describeVpcAttribute(call: Call): Body {
  const vpc = needed(call, "vpc");
  return { ...attributes(call, vpc), Ipv6Isp: vpc.ipv6Isp, ClassicLinkEnabled: vpc.classicLink };
}

function describeVpcs(call: Call): Body {
  const { params } = call;
  const ids = (params.text("VpcId") ?? "").split(",").filter((id) => id !== "");
  const tags = params.tags();
  const isDefault = params.flag("IsDefault");
  const found = call
    .list("vpc")
    .filter((vpc) => ids.length === 0 || ids.includes(vpc.id))
    .filter((vpc) => isDefault === undefined || vpc.isDefault === isDefault)
    .filter((vpc) => (params.text("VpcName") ?? vpc.name) === vpc.name)
    .filter((vpc) => (params.text("ResourceGroupId") ?? vpc.group) === vpc.group)
    .filter(() => (params.text("VpcOwnerId") ?? call.settings.accountId) === call.settings.accountId)
    .filter(() => params.text("DhcpOptionsSetId") === undefined)
    .filter((vpc) => hasTags(vpc.tags, tags));
  const page = numberedPage(call, found, 10, 50);
  return { ...page.numbers, Vpcs: { Vpc: page.items.map((vpc) => attributes(call, vpc)) } };
}

function describeRouteTableList(call: Call): Body {
  const vpcId = call.params.text("VpcId");
  const tableId = call.params.text("RouteTableId");
  const vpcs = vpcId === undefined ? call.list("vpc") : [call.find("vpc", vpcId)].filter((vpc) => vpc !== undefined);
  const page = numberedPage(
    call,
    vpcs.filter((vpc) => (tableId ?? vpc.routeTable.id) === vpc.routeTable.id),
    10,
    50,
  );
  const rows = page.items.map((vpc) => ({
    RouteTableId: vpc.routeTable.id,
    RouteTableName: vpc.routeTable.name,
    RouteTableType: "System",
    Description: vpc.routeTable.description,
    RoutePropagationEnable: vpc.routeTable.propagation,
    VpcId: vpc.id,
    RouterId: vpc.router,
    RouterType: "VRouter",
    AssociateType: "VSwitch",
    OwnerId: Number(call.settings.accountId),
    ResourceGroupId: vpc.group,
    Status: "Available",
    CreationTime: isoTime(vpc.created),
    VSwitchIds: { VSwitchId: call.by("vswitch", "vpc", vpc.id).map((vswitch) => vswitch.id) },
    GatewayIds: { GatewayIds: [] },
    Tags: { Tag: [] },
  }));
  return { ...page.numbers, RouterTableList: { RouterTableListType: rows } };
}

function needSettled(call: Call, vpc: Vpc): Vpc {
  if (call.statusOf(vpc) !== "Available")
    throw refused("IncorrectVpcStatus", "Current VPC status does not support this operation.");
  return vpc;
}

function modifyVpcAttribute(call: Call): Body {
  const vpc = needSettled(call, needed(call, "vpc"));
  const { params } = call;
  const cidr = params.text("CidrBlock");
  const enable = params.flag("EnableIPv6") ?? params.flag("EnableIpv6");
  const ipv6Cidr = enable === undefined ? undefined : enable ? vpc.ipv6Cidr || newIpv6(call) : "";
  call.update("vpc", vpc, {
    ...defined<Pick<Vpc, "cidr" | "name" | "description" | "dnsHostname" | "ipv6Cidr" | "ipv6Isp">>({
      cidr: cidr === undefined ? undefined : vpcBlock(cidr),
      name: changedText(call, "VpcName", () => name(call)),
      description: changedText(call, "Description", () => description(call)),
      dnsHostname: params.flag("EnableDnsHostname"),
      ipv6Cidr,
      ipv6Isp:
        ipv6Cidr === undefined ? undefined : ipv6Cidr === "" ? "" : (params.text("Ipv6Isp") ?? (vpc.ipv6Isp || "BGP")),
    }),
    status: call.status(["Pending", "vpc"], ["Available"]),
  });
  return {};
}

function modifyRouteTableAttributes(call: Call): Body {
  const id = call.params.need("RouteTableId");
  const [vpc] = call.by("vpc", "routeTable", id);
  if (vpc === undefined) throw notFound("InvalidRouteTableId.NotFound", "The specified route table does not exist.");
  const propagation = call.params.flag("RoutePropagationEnable");
  call.update("vpc", vpc, {
    routeTable: {
      ...vpc.routeTable,
      ...defined<Vpc["routeTable"]>({
        id: undefined,
        name: call.params.raw("RouteTableName"),
        description: call.params.raw("Description"),
        propagation,
      }),
    },
  });
  return {};
}

function associateCidr(call: Call): Body {
  const vpc = needed(call, "vpc");
  const cidr = call.params.text("SecondaryCidrBlock") ?? "192.168.0.0/16";
  const block = parseBlock(vpcBlock(cidr))!;
  if ([vpc.cidr, ...vpc.secondaryCidrs].some((other) => overlaps(parseBlock(other)!, block)))
    throw refused("InvalidCidrBlock.Overlapped", "The specified CIDR block overlaps with another one of the VPC.");
  call.update("vpc", vpc, { secondaryCidrs: [...vpc.secondaryCidrs, cidr] });
  return {};
}

function unassociateCidr(call: Call): Body {
  const vpc = needed(call, "vpc");
  const cidr = call.params.need("SecondaryCidrBlock");
  if (!vpc.secondaryCidrs.includes(cidr))
    throw refused("InvalidCidrBlock", `The CIDR block ${cidr} does not belong to the VPC.`);
  const block = parseBlock(cidr)!;
  if (call.by("vswitch", "vpc", vpc.id).some((vswitch) => overlaps(parseBlock(vswitch.cidr)!, block)))
    throw refused("OperationDenied.CidrBlockInUse", "A vSwitch uses the CIDR block.");
  call.update("vpc", vpc, { secondaryCidrs: vpc.secondaryCidrs.filter((other) => other !== cidr) });
  return {};
}

const classicLink =
  (enabled: boolean) =>
  (call: Call): Body => {
    call.update("vpc", needed(call, "vpc"), { classicLink: enabled });
    return {};
  };

function deleteVpc(call: Call): Body {
  const vpc = needed(call, "vpc");
  if (call.countBy("vswitch", "vpc", vpc.id) > 0)
    throw refused("DependencyViolation.VSwitch", "Specified VPC can not be deleted: a vSwitch is still in it.");
  if (call.countBy("security-group", "vpc", vpc.id) > 0)
    throw refused(
      "DependencyViolation.SecurityGroup",
      "Specified VPC can not be deleted: a security group is still in it.",
    );
  call.endDryRun();
  call.remove("vpc", vpc.id);
  return {};
}

export const vpcActions: Actions = {
  CreateVpc: createVpc,
  CreateDefaultVpc: createDefaultVpc,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcs: describeVpcs,
  DescribeRouteTableList: describeRouteTableList,
  ModifyVpcAttribute: modifyVpcAttribute,
  ModifyRouteTableAttributes: modifyRouteTableAttributes,
  AssociateVpcCidrBlock: associateCidr,
  UnassociateVpcCidrBlock: unassociateCidr,
  EnableVpcClassicLink: classicLink(true),
  DisableVpcClassicLink: classicLink(false),
  DeleteVpc: deleteVpc,
};
