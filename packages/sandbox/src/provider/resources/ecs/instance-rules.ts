import type { ProviderSettings } from "../../session/settings";
import type { PlanRules } from "../../plan/plan";
import type { Lookup, Suppress } from "../../plan/lookup";
import type { Checks } from "../../validate/validate";
import { anyOf, between, lengthBetween, matches, oneOf } from "../../validate/rules";
import { whenPostPaid } from "../slb/load-balancer-rules";

const DISK_CATEGORIES =
  "all cloud ephemeral_ssd cloud_essd cloud_efficiency cloud_ssd local_disk cloud_auto cloud_essd_entry".split(" ");
const LEVELS = oneOf("PL0", "PL1", "PL2", "PL3");
const TRAFFIC = oneOf("Standard", "HighPerformance");

export const instanceChecks: Checks = {
  instance_type: matches(/^ecs\..*/, "prefix must be 'ecs.'"),
  instance_name: lengthBetween(2, 128),
  description: lengthBetween(2, 256),
  credit_specification: oneOf("Standard", "Unlimited"),
  internet_charge_type: oneOf("PayByBandwidth", "PayByTraffic"),
  system_disk_category: oneOf(...DISK_CATEGORIES),
  system_disk_name: lengthBetween(2, 128),
  system_disk_description: lengthBetween(2, 256),
  system_disk_performance_level: LEVELS,
  "data_disks.name": lengthBetween(2, 128),
  "data_disks.category": oneOf(
    ...DISK_CATEGORIES,
    "cloud_regional_disk_auto",
    "elastic_ephemeral_disk_standard",
    "elastic_ephemeral_disk_premium",
  ),
  "data_disks.description": lengthBetween(2, 256),
  "data_disks.performance_level": LEVELS,
  instance_charge_type: oneOf("PrePaid", "PostPaid"),
  period: anyOf(between(1, 9), oneOf(12, 24, 36, 48, 60)),
  period_unit: oneOf("Week", "Month"),
  renewal_status: oneOf("AutoRenewal", "Normal", "NotRenewal"),
  auto_renew_period: oneOf(1, 2, 3, 6, 12),
  spot_strategy: oneOf("NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit"),
  spot_duration: between(0, 6),
  spot_interruption_behavior: oneOf("Terminate", "Stop"),
  security_enhancement_strategy: oneOf("Active", "Deactive"),
  status: oneOf("Running", "Stopped"),
  stopped_mode: oneOf("StopCharging", "KeepCharging", "Not-applicable"),
  operator_type: oneOf("upgrade", "downgrade"),
  http_endpoint: oneOf("enabled", "disabled"),
  http_tokens: oneOf("optional", "required"),
  http_put_response_hop_limit: between(1, 64),
  ipv6_address_count: between(1, 10),
  maintenance_action: oneOf("Stop", "AutoRecover", "AutoRedeploy"),
  network_interface_traffic_mode: TRAFFIC,
  "network_interfaces.network_interface_traffic_mode": TRAFFIC,
  private_pool_options_match_criteria: oneOf("Open", "Target", "None"),
};

const charge = (look: Lookup): string => look.text("instance_charge_type");
const withoutInternet: Suppress = (look) => Number(look.get("internet_max_bandwidth_out") ?? 0) <= 0;
const fromTemplate = (look: Lookup): boolean =>
  ["launch_template_id", "launch_template_name"].some((name) => look.text(name) !== "");
/** Left out, its value comes from the launch template. */
const leftToTemplate = (look: Lookup, name: string, next: string): boolean =>
  look.text(name) !== "" && next === "" && fromTemplate(look);
const notPostPaid: Suppress = (look) => !["PostPaid", undefined].includes(look.known("instance_charge_type"));

const suppress: Readonly<Record<string, Suppress>> = {
  internet_charge_type: withoutInternet,
  internet_max_bandwidth_in: withoutInternet,
  kms_encrypted_password: (look) => look.known("password") !== undefined,
  kms_encryption_context: (look) => look.text("kms_encrypted_password") === "",
  system_disk_performance_level: (look) => look.text("system_disk_category") !== "cloud_essd",
  period: whenPostPaid,
  period_unit: whenPostPaid,
  renewal_status: whenPostPaid,
  include_data_disks: whenPostPaid,
  force_delete: whenPostPaid,
  auto_renew_period: (look) => charge(look) === "PostPaid" || look.text("renewal_status") !== "AutoRenewal",
  deletion_protection: (look) => charge(look).toLowerCase() === "prepaid",
  spot_strategy: notPostPaid,
  spot_price_limit: (look, old, next) =>
    notPostPaid(look, old, next) || look.text("spot_strategy") !== "SpotWithPriceLimit",
  auto_release_time: (look, _old, next) =>
    leftToTemplate(look, "auto_release_time", next) || charge(look) === "PrePaid",
  user_data: (look, _old, next) => leftToTemplate(look, "user_data", next),
  deployment_set_id: (look, _old, next) => leftToTemplate(look, "deployment_set_id", next),
};

export function instancePlan(settings: ProviderSettings): PlanRules {
  return {
    suppress,
    alsoReplaces: (prior, planned) => {
      const [before, after] = [prior.image_id, planned.image_id];
      const changes =
        typeof before === "string" && typeof after === "string" && before !== "" && after !== "" && before !== after;
      return settings.replaceOnImageUpdate && changes ? ["image_id"] : [];
    },
  };
}
