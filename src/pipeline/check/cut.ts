import type { PlanFacts } from "../../plan";
import { INCOMPLETE, slicePlan } from "../../plan";
import type { CutPlan, Settings } from "../../policy";

/** Cuts plans for the gate. What the settings mention is never taken for a mere name. */
export function cutBy(facts: PlanFacts, settings: Settings): CutPlan {
  const pinned = new Set<string>();
  collectTexts(settings, pinned);
  return (plan) => {
    const slices = slicePlan(plan, facts, pinned);
    return slices && { slices, incomplete: INCOMPLETE };
  };
}

function collectTexts(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) collectTexts(one, into);
}
