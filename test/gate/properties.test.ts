import fc from "fast-check";
import { emit, shuffled } from "./model/emit";
import { evaluate } from "./model/evaluate";
import { drawModel } from "./model/sample";
import { openJudge, type Judgement } from "./support/judge";
import type { Json } from "./support/plan";

/** Set ANYCAST_SEED to repeat a run; the seed of a failing one is in its message. */
const seed = process.env.ANYCAST_SEED === undefined ? undefined : Number(process.env.ANYCAST_SEED);
const RUNS = Number(process.env.ANYCAST_RUNS ?? 3000);

const judge = openJudge();
const whole = openJudge("whole");

function outcome({ verdict, why, decision }: Judgement): Json {
  const texts = (list: readonly object[] | undefined): string[] =>
    (list ?? []).map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  const evidence = (decision?.evidence ?? []).map((one) => ({ ...one, targets: texts(one.targets) }));
  return { verdict, why, findings: texts(decision?.findings), evidence: texts(evidence) };
}

describe("plans of models whose right verdict is known by construction", () => {
  test("are judged rightly: never a crash, never a wrong yes, no wrong no where the plan proves the target", () => {
    const seen = { allowed: 0, denied: 0, either: 0 };
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const model = drawModel(draw);
        const expected = evaluate(model);
        seen[expected.verdict]++;
        const plan = emit(model);
        const { verdict, why, decision } = judge(plan);
        if (expected.verdict === "either") expect(["allowed", "denied"]).toContain(verdict);
        else
          expect({ verdict, why }).toEqual({
            verdict: expected.verdict,
            why: expected.verdict === "allowed" ? [] : why,
          });
        if (verdict !== "allowed") return;
        for (const [address, targets] of expected.targets) {
          const proven = decision!.evidence.find((one) => one.address === address)?.targets.map((one) => one.address);
          expect(proven).toEqual(expect.arrayContaining([...targets]));
        }
      }),
      { numRuns: RUNS, ...(seed === undefined ? {} : { seed }) },
    );
    // A model that never comes to one of the verdicts would prove nothing about it.
    expect(Math.min(seen.allowed, seen.denied, seen.either)).toBeGreaterThan(RUNS / 50);
  });

  test("are judged the same in any order, among any other resources, and with or without the projection", () => {
    fc.assert(
      fc.property(fc.gen(), fc.nat({ max: 1000 }), (draw, order) => {
        const plan = emit(drawModel(draw));
        const before = outcome(judge(plan));
        expect(outcome(whole(plan))).toEqual(before);
        const others = [stranger("random_id", order), stranger("alicloud_vpc", order)];
        const mixed = { ...plan, resource_changes: shuffled([...plan.resource_changes, ...others], order) };
        expect(outcome(judge(mixed))).toEqual(before);
        expect(outcome(whole(mixed))).toEqual(before);
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
