import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Decision } from "../../src/policy";
import { opa } from "../../tools/policies/opa";
import { samplePlans } from "../gate/model/sample";
import { openEvaluator, verdictOf } from "../gate/support/evaluate";
import { mutants } from "../gate/support/mutants";
import type { Json } from "../gate/support/plan";

const POLICIES = join(__dirname, "..", "..", "policies");
const SETTINGS = { today: "2026-11-22" };

/** What opa says of each plan, from the Rego sources, in one run; undefined for a plan that it fails on. */
function byOpa(plans: readonly Json[]): Decision[] {
  const work = mkdtempSync(join(tmpdir(), "anycast-opa-"));
  try {
    const input = join(work, "plans.json");
    writeFileSync(input, JSON.stringify(plans));
    const settings = join(work, "settings.json");
    writeFileSync(settings, JSON.stringify({ anycast_settings: SETTINGS }));
    const query = "[decision | some plan in input; decision := data.anycast.decision with input as plan]";
    const rego = ["main.rego", "lib", "rules"].flatMap((name) => ["-d", join(POLICIES, name)]);
    const answer = opa(["eval", "-f", "json", ...rego, "-d", settings, "-i", input, query], POLICIES);
    return (JSON.parse(answer) as { result: { expressions: { value: Decision[] }[] }[] }).result[0]!.expressions[0]!
      .value;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function facts(decision: Decision): Json {
  const evidence = decision.evidence.map(({ address, region, targets }) => [
    address,
    region,
    targets.map((target) => JSON.stringify(Object.entries(target).sort())).sort(),
  ]);
  return {
    verdict: verdictOf(decision).verdict,
    attachments: decision.attachments,
    // Not the message: objects inside one are written in another order.
    findings: decision.findings
      .map(({ rule, outcome, level, waived, address, attribute }) =>
        JSON.stringify([rule, outcome, level, waived, address, attribute]),
      )
      .sort()
      .filter((one, i, all) => one !== all[i - 1]),
    evidence: evidence.map((one) => JSON.stringify(one)).sort(),
  };
}

describe.each<[string, () => Json[]]>([
  ["generated plans", () => samplePlans(400, 7)],
  ["mutants of real plans", () => mutants(400, 7)],
])("%s", (_name, make) => {
  const whole = openEvaluator("plan", SETTINGS);
  // A plan on which opa itself gives up has no decision to compare; it is refused with exit code 2 everywhere.
  const plans = make().filter((plan) => whole(plan).decision !== undefined);
  const expected = byOpa(plans).map(facts);

  // What the gate makes of plans by its own facts is compared in test/opa/facts.test.ts and test/gate/properties.test.ts.
  it("get the same decision from opa eval and the compiled policy", () => {
    expect(expected.length).toBe(plans.length);
    plans.forEach((plan, i) => {
      const { decision, verdict } = whole(plan);
      expect({ verdict, plan, facts: facts(decision!) }).toEqual({
        verdict: expected[i].verdict,
        plan,
        facts: expected[i],
      });
    });
  });
});
