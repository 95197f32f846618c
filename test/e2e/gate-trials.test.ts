import { runTrials, type Outcome } from "../../tools/gate-trials/run";
import { makeTrial } from "../../tools/gate-trials/trial";

/** Other trials by `ANYCAST_SEED`; thousands of them by tools/gate-trials/main.ts. */
const SEED = Number(process.env.ANYCAST_SEED ?? 20_000);
const BATCH = 50;

test.each([
  ["native syntax", "hcl", 0],
  ["native syntax", "hcl", 1],
  ["JSON, as CDKTF writes it", "json", 2],
  ["JSON, as CDKTF writes it", "json", 3],
] as const)(
  "the gate allows what the cloud binds well and refuses what it does not, in %s (%s, batch %d)",
  async (_, form, batch) => {
    const trials = Array.from({ length: BATCH }, (_unused, i) => makeTrial(SEED + batch * BATCH + i));
    const outcomes = await runTrials(trials, form);
    const told = ({ trial, messages }: Outcome): unknown => ({ name: trial.name, is: trial.expression, messages });
    // Applied all the same, each does what it was made to do.
    expect(outcomes.filter(({ trial, boundWell }) => trial.good !== boundWell).map(told)).toEqual([]);
    expect(outcomes.filter(({ allowed, boundWell }) => allowed && !boundWell).map(told)).toEqual([]);
    expect(outcomes.filter(({ trial, allowed }) => trial.provable && trial.good && !allowed).map(told)).toEqual([]);
    expect(outcomes.filter(({ allowed }) => allowed).length).toBeGreaterThan(BATCH / 5);
  },
);
