import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { missing, refused } from "../errors";
import type { LoadBalancer } from "../model";
import { nameIn } from "./checks";
import { needed } from "./find";
import { internetChargeType, SPECS } from "./slb-params";

/** An action that changes a load balancer and answers with nothing. */
const change =
  (changes: (call: Call, balancer: LoadBalancer) => Partial<LoadBalancer>) =>
  (call: Call): Body => {
    const balancer = needed(call, "load-balancer");
    call.update("load-balancer", balancer, changes(call, balancer));
    return {};
  };

const setStatus = change((call) => {
  const status = call.params.oneOf("LoadBalancerStatus", ["active", "inactive"], "InvalidParameter.LoadBalancerStatus");
  if (status === undefined) throw missing("LoadBalancerStatus");
  return { status: [[status]] };
});

const setDeleteProtection = change((call) => {
  const asked = call.params.oneOf("DeleteProtection", ["on", "off"]);
  if (asked === undefined) throw missing("DeleteProtection");
  return { deleteProtection: asked };
});

const setName = change((call) => {
  call.params.need("LoadBalancerName");
  return { name: nameIn(call, "LoadBalancerName", "slb", "InvalidLoadBalancerName.Malformed") };
});

const setModificationProtection = change((call, balancer) => ({
  modification: {
    status:
      call.params.oneOf("ModificationProtectionStatus", ["NonProtection", "ConsoleProtection"]) ??
      balancer.modification.status,
    reason: call.params.raw("ModificationProtectionReason") ?? balancer.modification.reason,
  },
}));

const setSpec = change((call, balancer) => {
  if (balancer.instanceChargeType === "PayByCLCU")
    throw refused(
      "OperationUnsupported.ModifySpec",
      "A load balancer that is paid by CLCU has no specification to change.",
    );
  return { spec: call.params.oneOf("LoadBalancerSpec", SPECS, "InvalidParameter.SpecNotAvailable") ?? balancer.spec };
});

const setInstanceChargeType = change((call) => {
  const charge = call.params.oneOf(
    "InstanceChargeType",
    ["PayBySpec", "PayByCLCU"],
    "InvalidParameter.InstanceChargeType",
  );
  if (charge === undefined) throw missing("InstanceChargeType");
  const spec = call.params.oneOf("LoadBalancerSpec", SPECS, "InvalidParameter.SpecNotAvailable") ?? "slb.s1.small";
  return { instanceChargeType: charge, spec: charge === "PayByCLCU" ? "slb.lcu.elastic" : spec };
});

const setInternetSpec = change((call, balancer) => {
  if (balancer.addressType !== "internet")
    throw refused("UnsupportedOperationonIntranet", "An internal-facing load balancer has no internet specification.");
  return {
    bandwidth: call.params.int("Bandwidth", { min: 1, max: 5120 }) ?? balancer.bandwidth,
    internetChargeType: internetChargeType(call) ?? balancer.internetChargeType,
  };
});

const setPayType = change((call, balancer) => ({
  payType: call.params.oneOf("PayType", ["PayOnDemand", "PrePay"], "InvalidParameter.PayType") ?? balancer.payType,
}));

export const slbChangeActions: Actions = {
  SetLoadBalancerStatus: setStatus,
  SetLoadBalancerDeleteProtection: setDeleteProtection,
  SetLoadBalancerName: setName,
  SetLoadBalancerModificationProtection: setModificationProtection,
  ModifyLoadBalancerInstanceSpec: setSpec,
  ModifyLoadBalancerInstanceChargeType: setInstanceChargeType,
  ModifyLoadBalancerInternetSpec: setInternetSpec,
  ModifyLoadBalancerPayType: setPayType,
};
