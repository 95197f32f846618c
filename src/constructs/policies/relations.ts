import { ACCESS_POINTS, areaOf, TERRAFORM_TYPES } from "../facts";
import type { AnycastArea } from "../facts";
import { isKnownText, referred } from "./synthesised";
import type { Attributes, Elements, Providers, SynthFinding } from "./synthesised";

const { address: ADDRESS, attachment: ATTACHMENT, load_balancers: BALANCERS, vswitches: VSWITCHES } = TERRAFORM_TYPES;

interface Binding {
  readonly name: string;
  readonly attributes: Attributes;
  /** Identifies its address; undefined where only terraform will know. */
  readonly address: string | undefined;
  readonly instance: string | undefined;
  readonly region: string | undefined;
  readonly points: readonly string[];
  /** That of the address, where it is made here. */
  readonly area: AnycastArea | undefined;
}

/** Findings about several bindings together, and about a binding together with its address and its target. */
export function findRelations(resources: Elements, providers: Providers): SynthFinding[] {
  const bindings = Object.entries(resources[ATTACHMENT] ?? {}).flatMap(([name, one]) =>
    // Only terraform knows how many instances it has.
    one.count === undefined && one.for_each === undefined ? [bindingOf(name, one, resources)] : [],
  );
  return [
    ...claims("binding/one-default-per-address", bindings, {
      of: (one) => (one.attributes.association_mode === "Default" ? one.address : undefined),
      what: "the default binding of an address",
      fix: 'make the others association_mode = "Normal".',
    }),
    ...claims("binding/one-per-region", bindings, {
      of: (one) => (one.address === undefined || one.region === undefined ? undefined : `${one.region} ${one.address}`),
      what: "the binding of an address in a region",
      fix: "bind one target per region, or use a further address.",
    }),
    ...claims("binding/one-address-per-target", bindings, {
      of: (one) => one.instance,
      what: "the binding of a load balancer or network interface",
      fix: "bind another one, or leave one of the bindings out.",
    }),
    ...sharedPoints(bindings),
    ...withoutDefault(bindings, resources),
    ...bindings.flatMap((one) => [
      ...ofArea(one),
      ...ofPoints(one),
      ...ofStatus(one, resources),
      ...ofRegion(one, resources, providers),
    ]),
  ];
}

function bindingOf(name: string, attributes: Attributes, resources: Elements): Binding {
  const { anycast_id, bind_instance_id, bind_instance_region_id: region, pop_locations: pops } = attributes;
  const made = resources[ADDRESS]?.[referred(anycast_id, [ADDRESS])?.name ?? ""];
  const area = made?.service_location;
  return {
    name,
    attributes,
    address: identity(anycast_id),
    instance: identity(bind_instance_id),
    region: isKnownText(region) ? region : undefined,
    points: (Array.isArray(pops) ? (pops as readonly { readonly pop_location?: unknown }[]) : [])
      .map(({ pop_location }) => pop_location)
      .filter(isKnownText),
    area: area === "international" || area === "ChineseMainland" ? area : undefined,
  };
}

/** A literal text, or one whole reference; the value of a composed text is unknown. */
function identity(value: unknown): string | undefined {
  if (isKnownText(value)) return value;
  return /^\$\{[\w.-]+\}$/.test(String(value)) ? String(value) : undefined;
}

interface Claim {
  readonly of: (binding: Binding) => string | undefined;
  readonly what: string;
  readonly fix: string;
}

/** What only one binding may have. */
function claims(rule: string, bindings: readonly Binding[], { of, what, fix }: Claim): SynthFinding[] {
  const groups = new Map<string, Binding[]>();
  for (const one of bindings) {
    const key = of(one);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map((one) => {
        const others = group.filter((other) => other !== one).map(({ name }) => name);
        return about(one, rule, what, "a single one", `also ${others.slice(0, 3).join(", ")}`, fix);
      }),
    );
}

function sharedPoints(bindings: readonly Binding[]): SynthFinding[] {
  const normal = bindings.filter(({ attributes }) => attributes.association_mode === "Normal");
  const points = [...new Set(normal.flatMap((one) => one.points))];
  return points.flatMap((point) =>
    claims("binding/access-points", normal, {
      of: (one) => (one.points.includes(point) ? one.address : undefined),
      what: `the binding of an address with the access point ${point}`,
      fix: "name it in one of them.",
    }),
  );
}

/** An address that is made here, with bindings that are all Normal. */
function withoutDefault(bindings: readonly Binding[], resources: Elements): SynthFinding[] {
  if (bindings.length !== Object.keys(resources[ATTACHMENT] ?? {}).length) return [];
  if (bindings.some((one) => one.address === undefined)) return [];
  return bindings
    .filter((one) => referred(one.attributes.anycast_id, [ADDRESS]) !== undefined)
    .filter(
      (one) =>
        !bindings.some((other) => other.address === one.address && other.attributes.association_mode !== "Normal"),
    )
    .map((one) =>
      about(
        one,
        "binding/default-target",
        "one binding of an address",
        "its default one",
        "only Normal ones",
        'make one of them association_mode = "Default".',
      ),
    );
}

function ofArea(one: Binding): SynthFinding[] {
  if (one.area === undefined || one.region === undefined || areaOf(one.region) === one.area) return [];
  const fix = "bind a target of the address's area, or give the address the other one.";
  return [about(one, "binding/region-in-area", "the region", `of the area ${one.area}`, one.region, fix)];
}

/** As the rule in the gate: what no list tells, and what has no effect, are warnings. */
function ofPoints(one: Binding): SynthFinding[] {
  const { points, area, attributes } = one;
  const rule = "binding/access-points";
  const warn = (finding: SynthFinding): SynthFinding => ({ ...finding, level: "warning" });
  const found = points.flatMap((point): SynthFinding[] => {
    if (!point.endsWith("-pop")) {
      const fix = "correct the name.";
      return [about(one, rule, "an access point", "a name such as us-west-1-pop", point, fix)];
    }
    if (area !== undefined && areaOf(point) !== area)
      return [about(one, rule, "an access point", `of the area ${area}`, point, "name one of that area.")];
    const known = area === undefined ? Object.values(ACCESS_POINTS).flat() : ACCESS_POINTS[area];
    if (known.includes(point)) return [];
    return [warn(about(one, rule, "an access point", `among ${known.join(", ")}`, point, "check the name."))];
  });
  if (points.length === 0 || attributes.association_mode !== "Default") return found;
  const what = "the access points of the default binding";
  const rest = ["left out; they have no effect", points.join(", "), "leave pop_locations out."] as const;
  return [...found, warn(about(one, rule, what, ...rest))];
}

/** The cloud binds no load balancer that is not active. An existing binding of one stays, which only a plan shows. */
function ofStatus(one: Binding, resources: Elements): SynthFinding[] {
  const status = madeHere(one.attributes.bind_instance_id, BALANCERS, resources)?.status;
  if (!isKnownText(status) || status === "" || status === "active") return [];
  const fix = 'set status = "active" on it, or leave status out.';
  return [
    { ...about(one, "binding/active-target", "the status of the target", "active", status, fix), level: "warning" },
  ];
}

/** The region of a load balancer that is made here is that of its provider, and its vSwitch must be in it, too. */
function ofRegion(one: Binding, resources: Elements, providers: Providers): SynthFinding[] {
  const balancer = madeHere(one.attributes.bind_instance_id, BALANCERS, resources);
  const region = balancer && regionOf(balancer, providers);
  if (balancer === undefined || region === undefined) return [];
  const found: SynthFinding[] = [];
  if (one.region !== undefined && region !== one.region) {
    const expected = `that of its target, ${region}`;
    const fix = "bind it by the region it is in.";
    found.push(about(one, "binding/region-matches-target", "the region", expected, one.region, fix));
  }
  const vswitch = madeHere(balancer.vswitch_id, VSWITCHES, resources);
  const its = vswitch && regionOf(vswitch, providers);
  if (its !== undefined && its !== region) {
    const expected = `in that of the target, ${region}`;
    const fix = "give both one provider.";
    found.push(about(one, "binding/one-region", "the vSwitch of the target", expected, its, fix));
  }
  return found;
}

function madeHere(id: unknown, types: readonly string[], resources: Elements): Attributes | undefined {
  const named = referred(id, types);
  return named === undefined ? undefined : resources[named.type]?.[named.name];
}

/** Undefined where only terraform will know. */
function regionOf({ provider }: Attributes, providers: Providers): string | undefined {
  const alias = String(provider ?? "alicloud").split(".")[1];
  const region = providers.find((one) => one.alias === alias)?.region;
  return isKnownText(region) ? region : undefined;
}

function about(
  { name }: Binding,
  rule: string,
  what: string,
  expected: string,
  got: string,
  fix: string,
): SynthFinding {
  return { rule, level: "error", type: ATTACHMENT, name, what, expected, got, fix };
}
