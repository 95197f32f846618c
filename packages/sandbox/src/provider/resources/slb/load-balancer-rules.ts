import type { Lookup, Suppress } from "../../plan/lookup";
import type { Checks } from "../../validate/validate";
import { anyOf, between, oneOf, oneOfAnyCase } from "../../validate/rules";

const SPECS = oneOf(
  "slb.s1.small",
  "slb.s2.medium",
  "slb.s2.small",
  "slb.s3.large",
  "slb.s3.medium",
  "slb.s3.small",
  "slb.s4.large",
  "slb.lcu.elastic",
);

export const loadBalancerChecks: Checks = {
  address_ip_version: oneOf("ipv4", "ipv6"),
  address_type: oneOf("internet", "intranet"),
  bandwidth: between(1, 5120),
  delete_protection: oneOf("off", "on"),
  internet_charge_type: oneOfAnyCase("PayByBandwidth", "PayByTraffic"),
  load_balancer_spec: SPECS,
  specification: SPECS,
  modification_protection_status: oneOf("ConsoleProtection", "NonProtection"),
  period: anyOf(between(1, 9), oneOf(12, 24, 36)),
  payment_type: oneOf("PayAsYouGo", "Subscription"),
  instance_charge_type: oneOf("PayBySpec", "PayByCLCU"),
  status: oneOf("active", "inactive", "locked"),
};

const whenInternet: Suppress = (look) => look.text("address_type") === "internet";
const whenIntranet: Suppress = (look) => look.text("address_type") === "intranet";
const whenByCapacity: Suppress = (look) => look.text("instance_charge_type") === "PayByCLCU";

/** Paid afterwards: what only a subscription knows is no difference. */
export const whenPostPaid = (look: Lookup): boolean =>
  look.text("instance_charge_type").toLowerCase() !== "prepaid" && look.text("payment_type") !== "Subscription";

export const loadBalancerSuppress: Readonly<Record<string, Suppress>> = {
  address: whenInternet,
  vswitch_id: whenInternet,
  address_ip_version: whenIntranet,
  internet_charge_type: whenIntranet,
  bandwidth: (look) => look.text("internet_charge_type") === "PayByTraffic",
  delete_protection: (look) => look.text("payment_type") === "Subscription",
  load_balancer_spec: whenByCapacity,
  specification: whenByCapacity,
  modification_protection_reason: (look) => look.text("modification_protection_status") === "NonProtection",
  period: whenPostPaid,
  instance_charge_type: (look) => !["PayAsYouGo", undefined].includes(look.known("payment_type")),
};
