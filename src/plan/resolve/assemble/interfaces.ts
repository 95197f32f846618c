import { marshal } from "../json-values";
import { type Origin, takes } from "../origins";
import type { PlanIndex } from "../plan-index";
import { type Found, NOTHING, problem } from "./found";
import type { Targets } from "./targets";

const NOT_ONE = "does not come from a network interface of this plan";

/**
 * What a network interface's id may come from. It is inside a VPC by nature, so it has no address type and no vSwitch of
 * its own to look at.
 */
export function interfaceFrom(
  origin: Origin,
  { facts }: PlanIndex,
  targets: Targets,
  byId: (id: unknown) => Found,
): Found {
  if (origin.what === "opaque") return problem(origin.why, origin.by, origin);
  if (origin.what === "known") {
    if (origin.listed !== true) return byId(origin.value);
    return marshal(origin.value).includes("eni-") ? problem(NOT_ONE, origin.by, origin) : NOTHING;
  }
  const attribute = facts.interfaceId.get(origin.type);
  const isId = attribute !== undefined && takes(origin, attribute) && origin.addresses.length > 0;
  const found = isId ? targets.byReference(origin.addresses, origin.by, "network_interfaces") : undefined;
  return found ?? problem(NOT_ONE, origin.by, origin);
}
