import type { PlanFacts } from "../../plan";
import { projectPlan } from "../../plan";
import type { Gate, PolicyBundle, Settings } from "../../policy";
import { openGate } from "../../policy";
import { cutBy } from "./cut";

let last: { readonly key: string; readonly gate: Gate } | undefined;

/**
 * The gate for these settings. A gate that this process has opened for the very same policy and settings, and that
 * judged its canaries then, is taken again.
 * @throws AnycastError `PolicyNotLoaded`, `CanaryWrong`
 */
export function gateFor(bundle: PolicyBundle, facts: PlanFacts, settings: Settings): Gate {
  const key = JSON.stringify([bundle.digest, settings]);
  if (last?.key !== key) {
    const gate = openGate(bundle, settings, (plan) => projectPlan(plan, facts), cutBy(facts, settings));
    last = { key, gate };
  }
  return last.gate;
}
