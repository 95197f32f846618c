import { planFacts, type PlanFacts } from "../plan";
import type { PolicyBundle } from "../policy";

/** The parts of a plan that the policies read, from the facts that ship with them. */
export function readTypes(bundle: PolicyBundle): PlanFacts {
  return planFacts(bundle.data);
}
