import {
  cutIntoParts,
  type FactsContext,
  type FactsDocument,
  evaluatePlan,
  type Part,
  type PlanFacts,
  projectPlan,
  sourcesOf,
} from "../plan";
import type { Gate, PolicyBundle, Settings } from "../policy";
import { openGate } from "../policy";

let last: { readonly key: string; readonly gate: Gate } | undefined;

/**
 * The gate for these settings. A gate that this process has already opened for exactly the same policy and settings,
 * canaries included, is used again.
 * @throws AnycastError `PolicyNotLoaded`, `CanaryWrong`
 */
export function gateFor(bundle: PolicyBundle, facts: PlanFacts, settings: Settings): Gate {
  const key = JSON.stringify([bundle.digest, settings]);
  if (last?.key !== key) {
    const prepare = (canary: Record<string, unknown>) => {
      const plan = projectPlan(canary, facts);
      const sources = sourcesOf({ whole: () => canary, at: "the canary plan" });
      return evaluateBy(settings, plan, facts, sources);
    };
    const pinned = new Set<string>();
    collectTexts(settings, pinned);
    const cut = (input: Record<string, unknown>, document: object): Iterable<Part> =>
      cutIntoParts(input, document as FactsDocument, facts, pinned);
    last = { key, gate: openGate(bundle, settings, prepare, cut) };
  }
  return last.gate;
}

/** What each binding of a plan binds, under these settings, and the plan as far as its expressions tell more of it. */
export function evaluateBy(
  settings: Settings,
  plan: Record<string, unknown>,
  facts: PlanFacts,
  sources?: FactsContext["sources"],
): { readonly plan: Record<string, unknown>; readonly facts: FactsDocument } {
  return evaluatePlan(plan, facts, { live: settings.live, regionFromEnv: settings.region_from_env, sources });
}

/** Names in the settings are never replaced by placeholders. */
function collectTexts(value: unknown, into: Set<string>): void {
  // Of an address, each name counts: a waiver must match exactly the resource it names.
  if (typeof value === "string") for (const text of [value, ...value.split(/[^A-Za-z0-9_-]+/)]) into.add(text);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) collectTexts(one, into);
}
