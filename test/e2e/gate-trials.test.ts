import type { Outcome } from "../../tools/gate-trials/outcome";
import { runTrials } from "../../tools/gate-trials/run";
import { makeTrial } from "../../tools/gate-trials/trial";
import { isOdd, isWrongNo, isWrongYes } from "../../tools/gate-trials/verdict";

/** Other trials by `ANYCAST_SEED`; thousands of them by tools/gate-trials/main.ts. */
const SEED = Number(process.env.ANYCAST_SEED ?? 20_000);
/** Terraform's own time grows with the square of what one configuration holds: many small ones are cheaper than few large ones. */
const BATCH = 25;

test.each([
  ["native syntax", "hcl", "nothing", 0],
  ["native syntax", "hcl", "nothing", 1],
  ["native syntax", "hcl", "nothing", 2],
  ["native syntax", "hcl", "something", 3],
  ["JSON, as CDKTF writes it", "json", "nothing", 4],
  ["JSON, as CDKTF writes it", "json", "nothing", 5],
  ["JSON, as CDKTF writes it", "json", "nothing", 6],
  ["JSON, as CDKTF writes it", "json", "something", 7],
] as const)(
  "the gate allows what the cloud binds well and refuses what it does not, in %s (%s, from %s, batch %d)",
  async (_, form, from, batch) => {
    const trials = Array.from({ length: BATCH }, (_unused, i) => makeTrial(SEED + batch * BATCH + i, from));
    const outcomes = await runTrials(trials, form);
    const told = ({ trial, messages }: Outcome): unknown => ({ name: trial.name, is: trial.expression, messages });
    // Applied all the same, each does what it was made to do.
    expect(outcomes.filter(isOdd).map(told)).toEqual([]);
    expect(outcomes.filter(isWrongYes).map(told)).toEqual([]);
    expect(outcomes.filter(isWrongNo).map(told)).toEqual([]);
    expect(outcomes.filter(({ allowed }) => allowed).length).toBeGreaterThan(BATCH / 5);
  },
);
