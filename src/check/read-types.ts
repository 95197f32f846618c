import { planFacts, type PlanFacts } from "../plan";
import type { PolicyBundle } from "../policy";

/** What the policies read of a plan, from the facts that ship with them. */
export function readTypes(bundle: PolicyBundle): PlanFacts {
  return planFacts(bundle.data);
}
