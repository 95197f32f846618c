import { ANYCAST_FACTS, TERRAFORM_TYPES } from "../facts";
import { findListeners } from "./listeners";
import { findRelations } from "./relations";
import { isKnownText, referred } from "./synthesised";
import type { Attributes, Elements, Providers, SynthFinding } from "./synthesised";

const {
  address: ADDRESS,
  attachment: ATTACHMENT,
  load_balancers: BALANCERS,
  load_balancer_data: LOOKUPS,
} = TERRAFORM_TYPES;

/**
 * Findings of the gate's rules about values that are known when the app synthesises. A value that only terraform will know
 * is left to the gate: the absence of findings proves nothing.
 */
export function findAtSynth(resources: Elements, data: Elements, providers: Providers = []): readonly SynthFinding[] {
  return [
    ...Object.entries(resources[ADDRESS] ?? {}).flatMap(([name, one]) => ofAddress(name, one)),
    ...Object.entries(resources[ATTACHMENT] ?? {}).flatMap(([name, one]) => ofBinding(name, one, resources, data)),
    ...findRelations(resources, providers),
    ...findListeners(resources),
    ...BALANCERS.flatMap((type) =>
      Object.entries(resources[type] ?? {}).flatMap(([name, one]) => ofBalancer(type, name, one)),
    ),
  ];
}

function ofAddress(name: string, one: Attributes): SynthFinding[] {
  const { name: naming, areas, bandwidth_mbps: mbps } = ANYCAST_FACTS.address;
  const { internet_charge_types: billing, payment_types: payments } = ANYCAST_FACTS.address;
  const about = (rule: string, what: string, expected: string, got: unknown, fix: string): SynthFinding => ({
    rule,
    level: "error",
    type: ADDRESS,
    name,
    what,
    expected,
    got,
    fix,
  });
  const found: SynthFinding[] = [];
  const { anycast_eip_address_name: given, service_location: area, internet_charge_type: charge, bandwidth } = one;
  const { payment_type: payment } = one;
  if (isKnownText(given) && !new RegExp(naming.pattern).test(given))
    found.push(about("address/name", "the name", naming.rule, given, "give it a name of that form."));
  const ids = areas.map(({ id }) => id);
  if (isKnownText(area) && !ids.includes(area))
    found.push(about("address/area", "the area", `one of ${ids.join(", ")}`, area, "correct it."));
  if (isKnownText(charge) && !billing.includes(charge))
    found.push(about("address/billing", "the billing", billing.join(", "), charge, "leave it out."));
  if (isKnownText(payment) && !payments.includes(payment))
    found.push(about("address/billing", "the payment type", payments.join(", "), payment, "leave it out."));
  if (typeof bandwidth === "number" && (bandwidth < mbps.min || bandwidth > mbps.max))
    found.push(
      about("address/bandwidth", "the bandwidth", `from ${mbps.min} to ${mbps.max} Mbit/s`, bandwidth, "change it."),
    );
  return found;
}

function ofBinding(name: string, one: Attributes, resources: Elements, data: Elements): SynthFinding[] {
  const about = (rule: string, what: string, expected: string, got: unknown, fix: string): SynthFinding => ({
    rule,
    level: "error",
    type: ATTACHMENT,
    name,
    what,
    expected,
    got,
    fix,
  });
  const found: SynthFinding[] = [];
  const { bind_instance_id: id, bind_instance_region_id: region, bind_instance_type: kind, anycast_id: address } = one;
  const regions = ANYCAST_FACTS.regions.current.map((known) => known.id);
  const areaOf = (): unknown => resources[ADDRESS]?.[referred(address, [ADDRESS])?.name ?? ""]?.service_location;
  if (isKnownText(region) && !regions.includes(region) && areaOf() !== "ChineseMainland")
    found.push(
      about(
        "binding/supported-region",
        "the region",
        `one of ${regions.join(", ")}`,
        region,
        "bind a target of such a region.",
      ),
    );
  const kinds = ANYCAST_FACTS.binding.instance_types.map((one) => one.id);
  if (isKnownText(kind) && !kinds.includes(kind))
    found.push(about("binding/target-type", "the type of the target", kinds.join(" or "), kind, "correct it."));
  if (kind !== "SlbInstance") return found;
  const target = referred(id, BALANCERS);
  const balancer = target === undefined ? undefined : resources[target.type]?.[target.name];
  if (target !== undefined && balancer !== undefined) {
    const type = balancer.address_type;
    if (type === undefined || (isKnownText(type) && type !== "intranet"))
      found.push(
        about(
          "binding/internal-only",
          `the address_type of ${target.type}.${target.name}`,
          "`intranet`",
          type ?? "nothing, which is internet",
          "bind an InternalClb, which cannot be declared otherwise.",
        ),
      );
    if (balancer.vswitch_id === undefined || balancer.vswitch_id === "")
      found.push(
        about(
          "binding/vpc-only",
          `the vswitch_id of ${target.type}.${target.name}`,
          "given",
          balancer.vswitch_id ?? "nothing",
          "bind an InternalClb, which cannot be declared without.",
        ),
      );
  }
  const [, type = "", attribute = "id"] = /^\$\{(\w+)\.[\w-]+\.(\w+)\}$/.exec(String(id)) ?? [];
  if (BALANCERS.includes(type) && attribute !== "id")
    found.push(
      about(
        "binding/provable-target",
        "the load balancer",
        "named by its id",
        id,
        "bind the `id` of the load balancer.",
      ),
    );
  if (isKnownText(id) && !isLookedUp(id, data))
    found.push({
      ...about(
        "binding/provable-target",
        "the load balancer",
        "one that this plan shows",
        id,
        "use InternalClb.fromLoadBalancerId, or check with --live.",
      ),
      level: "warning",
    });
  return found;
}

function ofBalancer(type: string, name: string, one: Attributes): SynthFinding[] {
  const charge = one.instance_charge_type;
  if (!isKnownText(charge) || charge === "PayByCLCU" || one.payment_type === "Subscription") return [];
  const fix = "leave it out, or make it PayByCLCU.";
  const what = "the billing of a new pay-as-you-go load balancer";
  return [{ rule: "clb/charge-type", level: "warning", type, name, what, expected: "PayByCLCU", got: charge, fix }];
}

function isLookedUp(id: string, data: Elements): boolean {
  return LOOKUPS.some((type) =>
    Object.values(data[type] ?? {}).some((one) => Array.isArray(one.ids) && one.ids.includes(id)),
  );
}
