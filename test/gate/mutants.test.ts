import fc from "fast-check";
import { openEvaluator } from "./support/evaluate";
import { mutate } from "./support/mutants";
import { ATTACHMENT, block, change, CLB, fixture, type Json } from "./support/plan";

/** Set ANYCAST_SEED to repeat a run; the seed of a failing one is in its message. */
const seed = process.env.ANYCAST_SEED === undefined ? undefined : Number(process.env.ANYCAST_SEED);
const RUNS = Math.ceil(Number(process.env.ANYCAST_RUNS ?? 3000) / 8);

const evaluate = openEvaluator();
const whole = openEvaluator("plan");
const options = { numRuns: RUNS, ...(seed === undefined ? {} : { seed }) };

/** Codes of errors that end in exit code 2 with a sentence of ours. */
const CLEAN =
  /^(AddressListedTwice|Policy(Failed|Undefined)|DecisionIncomplete|Plan(NumberNotExact|TooDeep|NotJson)|NotAPlan|DuplicateKey|RangeError)$/;

describe("real plans with random edits", () => {
  test.each([
    "internal-vpc",
    "noop-good",
    "module-output-good",
    "count-index-good",
    "for-each-one-bad",
    "literal-id",
    "destroy-all",
  ])("%s: never crash, and the facts never allow what the policies alone do not", (name) => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const plan = fixture(name);
        for (let left = 1 + draw(fc.nat, { max: 3 }); left > 0; left--) mutate(plan, draw);
        const { verdict, why } = evaluate(plan);
        if (verdict === "error") expect(why[0]).toMatch(CLEAN);
        const { verdict: all } = whole(plan);
        if (verdict === "allowed") expect(all).toBe("allowed");
      }),
      options,
    );
  });
});

describe("a plan with a bad binding stays refused after any other edit", () => {
  // What makes these plans bad; edits that touch it may make them good, so they are put back.
  test.each<[string, (plan: Json) => unknown[]]>([
    ["internet-facing", (p) => [change(p, CLB), change(p, ATTACHMENT), block(p, ATTACHMENT)]],
    ["classic-network", (p) => [change(p, CLB), change(p, ATTACHMENT), block(p, ATTACHMENT)]],
    ["region-unsupported", (p) => [change(p, ATTACHMENT)]],
  ])("%s", (name, kept) => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const plan = fixture(name);
        const bad = kept(fixture(name)) as Json[];
        for (let left = 1 + draw(fc.nat, { max: 3 }); left > 0; left--) mutate(plan, draw);
        if (Array.isArray(plan.resource_changes)) {
          const changes = bad.filter((one) => one.change !== undefined);
          const addresses = new Set(changes.map((one) => one.address));
          plan.resource_changes = plan.resource_changes.filter((one: Json) => !addresses.has(one?.address));
          plan.resource_changes.push(...changes);
        } else plan.resource_changes = bad.filter((one) => one.change !== undefined);
        expect(evaluate(plan).verdict).not.toBe("allowed");
      }),
      options,
    );
  });
});
