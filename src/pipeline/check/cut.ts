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
  // Of an address, each name counts: a waiver must meet the very resource it names.
  if (typeof value === "string") for (const text of [value, ...value.split(/[^A-Za-z0-9_-]+/)]) into.add(text);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) collectTexts(one, into);
}
