import { marshal } from "../json-values";
import { type KnownOrigin, type Origin, type ResourceOrigin, takes } from "../origins";
import type { PlanIndex } from "../plan-index";
import { type Found, NOTHING, problem, taken, together } from "./found";
import type { Targets } from "./targets";

/** Outputs of a module that are surely no load balancer's id. */
const HARMLESS = new Set([
  ".address",
  ".load_balancer_spec",
  ".master_zone_id",
  ".slave_zone_id",
  ".status",
  ".vswitch_id",
]);
const OTHERS = new Set([
  "alicloud_vpc",
  "alicloud_vswitch",
  "alicloud_security_group",
  "alicloud_instance",
  "alicloud_eip_address",
]);

/** Everything that an id known only after apply may come from; all of it must be a load balancer's id. */
export function balancersFrom(
  origins: readonly Origin[],
  index: PlanIndex,
  targets: Targets,
  byId: (id: unknown) => Found,
): Found {
  const ids = origins.filter((one) => one.what === "resource" && isBalancerId(one, index)) as ResourceOrigin[];
  return together(
    origins.map((origin) => {
      if (origin.what === "opaque") return problem(origin.why, origin.by, origin);
      if (origin.what === "known") return origin.listed === true ? listedValue(origin, ids) : byId(origin.value);
      if (isBalancerId(origin, index)) return balancers(origin, targets);
      // Where the reference does not name the output of a module, such outputs are ignored as long as another one is an id.
      if (origin.maybe === true && ids.length > 0 && isHarmless(origin, index)) return NOTHING;
      return problem(`${taken(origin)}, which is not the id of a load balancer`, origin.by, origin);
    }),
  );
}

function balancers(origin: ResourceOrigin, targets: Targets): Found {
  const found =
    origin.addresses.length === 0 ? undefined : targets.byReference(origin.addresses, origin.by, "load_balancers");
  return found ?? problem("refers to a load balancer that will not exist, or not in this plan", origin.by, origin);
}

function isBalancerId(origin: ResourceOrigin, index: PlanIndex): boolean {
  return index.roleOf(origin.type) === "load_balancers" && takes(origin, "id");
}

function isHarmless({ type, attribute }: ResourceOrigin, index: PlanIndex): boolean {
  if (index.roleOf(type) === "load_balancers") return HARMLESS.has(attribute);
  return attribute === ".id" && OTHERS.has(type);
}

/** A value that an expression only mentions may be a key or a condition; what looks like an id may be the one that is bound. */
function listedValue(origin: KnownOrigin, ids: readonly ResourceOrigin[]): Found {
  const isHarmlessText = (text: string): boolean => !text.includes("lb-") || ids.some((id) => isKey(text, id));
  if (textsWithin(origin.value).every(isHarmlessText)) return NOTHING;
  return problem("may be a value that is written down instead of a load balancer of this plan", origin.by, origin);
}

/** The key of a load balancer that is a target already: it chooses among instances, and is no id. */
function isKey(text: string, { block, addresses }: ResourceOrigin): boolean {
  const named = [`${block}${text}`, `${block}[${marshal(text)}]`];
  return named.some((address) => isAmong(address, addresses));
}

const members = new WeakMap<readonly string[], ReadonlySet<string>>();

function isAmong(address: string, addresses: readonly string[]): boolean {
  let set = members.get(addresses);
  if (set === undefined) members.set(addresses, (set = new Set(addresses)));
  return set.has(address);
}

/** All texts in a value, names of members among them. */
function textsWithin(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(textsWithin)];
}
