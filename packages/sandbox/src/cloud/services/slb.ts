import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { parseIp } from "../cidr";
import { regionFact, zonesOf } from "../data/regions";
import { invalid, quotaExceeded, refused } from "../errors";
import type { LoadBalancer, VSwitch } from "../model";
import { takeAddresses } from "./addresses";
import { checkZone, nameIn } from "./checks";
import { bindingOf } from "./eip-view";
import { needed } from "./find";
import { groupFor } from "./groups";
import { internetChargeType, SPECS } from "./slb-params";
import { slbChangeActions } from "./slb-change";
import { describeBalancer, listBalancers } from "./slb-view";
import { checkTags } from "./tags";
import { removeRulesOf } from "./slb-rule";

function create(call: Call): Body {
  const region = call.needRegion();
  const { params } = call;
  const limit = call.settings.quotas.loadBalancers;
  if (call.countBy("load-balancer", "region", region.id) >= limit)
    throw quotaExceeded("QuotaExceeded.LoadBalancer", "load balancers per region", limit);
  // A vSwitch means an internal one; without either the default is internet-facing.
  const vswitchId = params.text("VSwitchId");
  const addressType =
    params.oneOf("AddressType", ["internet", "intranet"], "InvalidParam.AddressType") ??
    (vswitchId === undefined ? "internet" : "intranet");
  const vswitch =
    addressType === "internet" || vswitchId === undefined ? undefined : needed(call, "vswitch", vswitchId);
  if (vswitch !== undefined && params.text("VpcId") !== undefined && params.text("VpcId") !== vswitch.vpc)
    throw invalid("VpcId", "the vSwitch belongs to another VPC.", "VpcVswitchMismatch");
  const zones = zonesFor(call, region.id);
  const prePaid = params.oneOf("PayType", ["PayOnDemand", "PrePay"], "InvalidParameter.PayType") === "PrePay";
  const balancer: LoadBalancer = {
    id: call.ids.make("lb", region.id),
    region: region.id,
    created: call.now,
    group: groupFor(call),
    tags: checkTags(params.tags()),
    name: nameIn(call, "LoadBalancerName", "slb", "InvalidLoadBalancerName.Malformed") || "auto_named_slb",
    address: addressFor(call, vswitch, addressType === "internet" ? region.publicPrefix : "10.11"),
    addressType,
    ipVersion: params.oneOf("AddressIPVersion", ["ipv4", "ipv6"]) ?? "ipv4",
    vpc: vswitch?.vpc ?? "",
    vswitch: vswitch?.id ?? "",
    bandwidth: params.int("Bandwidth", { min: 1, max: 5120 }) ?? 1,
    internetChargeType: internetChargeType(call) ?? "paybytraffic",
    ...charging(call),
    payType: prePaid ? "PrePay" : "PayOnDemand",
    ...zones,
    deleteProtection: params.oneOf("DeleteProtection", ["on", "off"]) ?? "off",
    modification: {
      status: params.oneOf("ModificationProtectionStatus", ["NonProtection", "ConsoleProtection"]) ?? "NonProtection",
      reason: params.text("ModificationProtectionReason") ?? "",
    },
    status: [["active"]],
    servers: [],
  };
  call.put("load-balancer", balancer);
  return {
    LoadBalancerId: balancer.id,
    LoadBalancerName: balancer.name,
    Address: balancer.address,
    AddressIPVersion: balancer.ipVersion,
    NetworkType: vswitch === undefined ? "classic" : "vpc",
    VpcId: balancer.vpc,
    VSwitchId: balancer.vswitch,
    ResourceGroupId: balancer.group,
    ...(prePaid ? { OrderId: Number(call.ids.letters(12, "123456789")) } : {}),
  };
}

function charging(call: Call): Pick<LoadBalancer, "spec" | "instanceChargeType"> {
  const spec = call.params.oneOf("LoadBalancerSpec", SPECS, "InvalidParameter.SpecNotAvailable");
  const charge = call.params.oneOf(
    "InstanceChargeType",
    ["PayBySpec", "PayByCLCU"],
    "InvalidParameter.InstanceChargeType",
  );
  if (charge === "PayByCLCU" || (charge === undefined && spec === "slb.lcu.elastic"))
    return { spec: "slb.lcu.elastic", instanceChargeType: "PayByCLCU" };
  return { spec: spec ?? "slb.s1.small", instanceChargeType: charge ?? "PayBySpec" };
}

/** Two zones: the ones asked for, else the region's first ones. */
function zonesFor(call: Call, region: string): Pick<LoadBalancer, "masterZone" | "slaveZone"> {
  const zones = zonesOf(regionFact(region)!);
  const master = call.params.text("MasterZoneId");
  const slave = call.params.text("SlaveZoneId");
  const masterZone = master === undefined ? zones[0]! : checkZone(region, master, "MasterZoneId");
  const slaveZone =
    slave === undefined
      ? (zones.find((zone) => zone !== masterZone) ?? masterZone)
      : checkZone(region, slave, "SlaveZoneId");
  return { masterZone, slaveZone };
}

function addressFor(call: Call, vswitch: VSwitch | undefined, publicPrefix: string): string {
  const asked = call.params.text("Address");
  if (vswitch !== undefined)
    return takeAddresses(call, vswitch, asked === undefined ? [] : [asked], asked === undefined ? 1 : 0)[0]!;
  if (asked !== undefined && parseIp(asked) === undefined)
    throw invalid("Address", `"${asked}" is not an address.`, "InvalidParam.Address");
  return asked ?? call.ids.publicAddress(publicPrefix, (ip) => call.countBy("load-balancer", "ip", `/${ip}`) > 0);
}

function remove(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  if (balancer.deleteProtection === "on")
    throw refused("OperationDenied.DeleteProtectionIsOn", "The delete protection of the load balancer is on.");
  if (balancer.payType === "PrePay")
    throw refused("OperationUnsupported.PrePay", "A subscription load balancer cannot be deleted before it expires.");
  if (call.countBy("anycast-binding", "instance", balancer.id) > 0)
    throw refused("OperationDenied.AnycastEipAssociated", "An Anycast EIP is associated with the load balancer.");
  if (call.by("eip", "instance", balancer.id).some((eip) => bindingOf(eip, call.now) !== undefined))
    throw refused("OperationDenied.EipAssociated", "An EIP is associated with the load balancer.");
  for (const listener of call.by("listener", "balancer", balancer.id)) {
    removeRulesOf(call, listener);
    call.remove("listener", listener.id);
  }
  for (const group of call.by("server-group", "balancer", balancer.id)) call.remove("server-group", group.id);
  for (const pair of call.by("master-slave-group", "balancer", balancer.id)) call.remove("master-slave-group", pair.id);
  call.remove("load-balancer", balancer.id);
  return {};
}

export const slbActions: Actions = {
  CreateLoadBalancer: create,
  DescribeLoadBalancerAttribute: describeBalancer,
  DescribeLoadBalancers: listBalancers,
  DeleteLoadBalancer: remove,
  ...slbChangeActions,
};
