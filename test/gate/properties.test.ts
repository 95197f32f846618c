import fc from "fast-check";
import { emit, shuffled } from "./model/emit";
import { evaluate } from "./model/evaluate";
import { drawModel } from "./model/sample";
import { openEvaluator, type Evaluation } from "./support/evaluate";
import type { Json } from "./support/plan";

/** Set ANYCAST_SEED to repeat a run; the seed of a failing one is in its message. */
const seed = process.env.ANYCAST_SEED === undefined ? undefined : Number(process.env.ANYCAST_SEED);
const RUNS = Number(process.env.ANYCAST_RUNS ?? 3000);

const evaluatePlan = openEvaluator();
const whole = openEvaluator("plan");

function outcome({ verdict, why, decision }: Evaluation): Json {
  const texts = (list: readonly object[] | undefined): string[] =>
    (list ?? []).map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  const evidence = (decision?.evidence ?? []).map((one) => ({ ...one, targets: texts(one.targets) }));
  return { verdict, why, findings: texts(decision?.findings), evidence: texts(evidence) };
}

/** What the gate and the policies by themselves must agree on; only the gate knows which expressions are visible. */
function substance({ verdict, why, decision }: Evaluation): Json {
  const findings = (decision?.findings ?? []).filter((one) => one.rule !== "plan/expressions-visible");
  const proven = (decision?.evidence ?? []).map(({ address, targets }) => [
    address,
    [...new Set(targets.flatMap((one) => one.addresses ?? [one.address]))].sort(),
  ]);
  return {
    verdict,
    why,
    findings: [...new Set(findings.map(({ rule, address }) => [rule, address].join(" ")))].sort(),
    proven: proven.sort(),
  };
}

describe("generated plans whose right verdict is known by construction", () => {
  test("get the right verdict: no crash, nothing wrongly allowed, nothing wrongly refused that the plan proves", () => {
    const seen = { allowed: 0, denied: 0, either: 0 };
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const model = drawModel(draw);
        const expected = evaluate(model);
        seen[expected.verdict]++;
        const plan = emit(model);
        const { verdict, why, decision } = evaluatePlan(plan);
        if (expected.verdict === "either") expect(["allowed", "denied"]).toContain(verdict);
        else
          expect({ verdict, why }).toEqual({
            verdict: expected.verdict,
            why: expected.verdict === "allowed" ? [] : why,
          });
        if (verdict !== "allowed") return;
        for (const [address, targets] of expected.targets) {
          const proven = decision!.evidence
            .find((one) => one.address === address)
            ?.targets.flatMap((one) => one.addresses ?? [one.address]);
          expect(proven).toEqual(expect.arrayContaining([...targets]));
        }
      }),
      { numRuns: RUNS, ...(seed === undefined ? {} : { seed }) },
    );
    // A model that never comes to one of the verdicts would prove nothing about it.
    expect(Math.min(seen.allowed, seen.denied, seen.either)).toBeGreaterThan(RUNS / 50);
  });

  test("get the same verdict in any order, among any other resources, and from the gate as from the policies alone", () => {
    fc.assert(
      fc.property(fc.gen(), fc.nat({ max: 1000 }), (draw, order) => {
        const model = drawModel(draw);
        const plan = emit(model);
        const byGate = evaluatePlan(plan);
        const before = outcome(byGate);
        const byPolicies = whole(plan);
        // What several bindings may share is told where expressions are visible, and each sees others of them.
        fc.pre(![byGate, byPolicies].some(({ why }) => why.includes("binding/one-address-per-target")));
        // Of JSON the gate sees more than lists of references, and so proves more.
        if (model.form === "hcl") expect(substance(byPolicies)).toEqual(substance(byGate));
        else if (byPolicies.verdict === "allowed") expect(byGate.verdict).toBe("allowed");
        const others = [stranger("random_id", order), stranger("alicloud_vpc", order)];
        const mixed = { ...plan, resource_changes: shuffled([...plan.resource_changes, ...others], order) };
        expect(outcome(evaluatePlan(mixed))).toEqual(before);
        if (model.form === "hcl") expect(substance(whole(mixed))).toEqual(substance(byGate));
      }),
      { numRuns: RUNS / 10, ...(seed === undefined ? {} : { seed }) },
    );
  });
});

function stranger(type: string, n: number): Json {
  return {
    address: `module.other["${String(n)}"].${type}.x`,
    module_address: `module.other["${String(n)}"]`,
    mode: "managed",
    type,
    name: "x",
    provider_name: "registry.terraform.io/hashicorp/random",
    change: { actions: ["create"], before: null, after: { id: "lb-0" }, after_unknown: { hex: true } },
  };
}
