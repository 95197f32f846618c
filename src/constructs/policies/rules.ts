import { ANYCAST_FACTS } from "../facts";

/** A resource as it is synthesised: references are `${…}`. */
export type Attributes = Readonly<Record<string, unknown>>;
/** What is synthesised, by type and name. */
export type Elements = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

export interface SynthFinding {
  readonly rule: string;
  readonly level: "error" | "warning";
  readonly type: string;
  readonly name: string;
  readonly what: string;
  readonly expected: string;
  readonly got: unknown;
  readonly fix: string;
}

const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";
const BALANCERS = ["alicloud_slb_load_balancer", "alicloud_slb"];
const LOOKUPS = ["alicloud_slb_load_balancers", "alicloud_slbs"];

/**
 * What the gate's rules say of the values that are known when the app synthesises. A value that only terraform will know
 * is left to the gate: no finding here is no proof.
 */
export function findAtSynth(resources: Elements, data: Elements): readonly SynthFinding[] {
  return [
    ...Object.entries(resources[ADDRESS] ?? {}).flatMap(([name, one]) => ofAddress(name, one)),
    ...Object.entries(resources[ATTACHMENT] ?? {}).flatMap(([name, one]) => ofBinding(name, one, resources, data)),
    ...BALANCERS.flatMap((type) =>
      Object.entries(resources[type] ?? {}).flatMap(([name, one]) => ofBalancer(type, name, one)),
    ),
  ];
}

function ofAddress(name: string, one: Attributes): SynthFinding[] {
  const { name: naming, areas, internet_charge_types: billing, bandwidth_mbps: mbps } = ANYCAST_FACTS.address;
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
  if (isKnownText(given) && !new RegExp(naming.pattern).test(given))
    found.push(about("address/name", "the name", naming.rule, given, "give it a name of that form."));
  const ids = areas.map(({ id }) => id);
  if (isKnownText(area) && !ids.includes(area))
    found.push(about("address/area", "the area", `one of ${ids.join(", ")}`, area, "correct it."));
  if (isKnownText(charge) && !billing.includes(charge))
    found.push(about("address/billing", "the billing", billing.join(", "), charge, "leave it out."));
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

/** A text that holds no reference. */
function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${");
}

/** What a value refers to, where it is the id of one resource and nothing else. */
function referred(value: unknown, types: readonly string[]): { type: string; name: string } | undefined {
  const [, type = "", name = ""] = /^\$\{(\w+)\.([\w-]+)\.id\}$/.exec(String(value)) ?? [];
  return types.includes(type) ? { type, name } : undefined;
}
