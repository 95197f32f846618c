import { runTrials, type Outcome } from "../../tools/gate-trials/run";
import { makeTrial } from "../../tools/gate-trials/trial";

/** Other trials by `ANYCAST_SEED`; thousands of them by tools/gate-trials/main.ts. */
const SEED = Number(process.env.ANYCAST_SEED ?? 20_000);
/** Terraform's own time grows with the square of what one configuration holds: many small ones are cheaper than few large ones. */
const BATCH = 25;

test.each([
  ["native syntax", "hcl", 0],
  ["native syntax", "hcl", 1],
  ["native syntax", "hcl", 2],
  ["native syntax", "hcl", 3],
  ["JSON, as CDKTF writes it", "json", 4],
  ["JSON, as CDKTF writes it", "json", 5],
  ["JSON, as CDKTF writes it", "json", 6],
  ["JSON, as CDKTF writes it", "json", 7],
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
