import { evaluateBy } from "../../src/check/gate-for";
import { readTypes } from "../../src/check/read-types";
import { projectPlan, sourcesOf } from "../../src/plan";
import { readPolicyBundle, type Settings } from "../../src/policy";
import { policyInput } from "../../src/policy/input";
import type { Case } from "./cases";

type Facts = ReturnType<typeof evaluateBy>["facts"];

/**
 * Each case as the gate gives it to the policies, with facts; and as the policies get it from others, the plan alone. From
 * the plan alone they do not see expressions, so a case whose facts depend on one is given with facts only.
 */
export function inBothForms(cases: readonly Case[]): Case[] {
  const types = readTypes(readPolicyBundle());
  return cases.flatMap((one) => {
    const settings = one.settings as Settings;
    const whole = one.plan as Record<string, unknown>;
    let plan: Record<string, unknown>;
    let facts: Facts;
    try {
      plan = projectPlan(whole, types);
      ({ plan, facts } = evaluateBy(settings, plan, types, sourcesOf({ whole: () => whole, at: one.title })));
    } catch (thrown) {
      // The gate refuses such a plan before the policies see it.
      if ((thrown as { code?: string }).code === undefined) throw thrown;
      return [one];
    }
    const given = {
      ...one,
      title: `${one.title} (facts)`,
      plan: { ...policyInput(plan), anycast_facts: facts },
      settings: { ...settings, facts: true },
    };
    return decisive(facts) === decisive(evaluateBy(settings, plan, types).facts) ? [one, given] : [given];
  });
}

/** What of the facts decides, without what is only shown. */
function decisive({ bindings, unplanned, configured }: Facts): string {
  const of = bindings.map(({ address, anycast, targets, problems, visible }) => ({
    address,
    anycast,
    targets: targets
      .map(({ by: _, shown_address_type: __, region, ...rest }) => JSON.stringify({ ...rest, region: region.value }))
      .sort(),
    problems: problems.length > 0,
    visible,
  }));
  return JSON.stringify({ of, unplanned, configured });
}
