import type { Outcome } from "./outcome";
import { runTrials } from "./run";
import { isOdd, isWrongNo, isWrongYes } from "./verdict";
import { makeTrial } from "./trial";
import type { Trial } from "./trial-type";

/**
 * Makes configurations whose right verdict is known, has real terraform plan them and the gate check them, and applies
 * them all the same: `node --conditions=anycast-source --import tsx tools/gate-trials/main.ts [TRIALS [SEED [nothing|something]]]`.
 * With `ANYCAST_TERRAFORM` in the environment, OpenTofu or another version of Terraform does.
 */
const BATCH = 40;

async function main(): Promise<number> {
  const [count = 400, seed = 1] = process.argv.slice(2, 4).map(Number);
  const only = process.argv[4];
  const outcomes: Outcome[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const batch = from / BATCH;
    const grown = only === undefined ? batch % 4 >= 2 : only === "something";
    const trials: Trial[] = [];
    for (let i = from; i < Math.min(count, from + BATCH); i++)
      trials.push(makeTrial(seed + i, grown ? "something" : "nothing"));
    outcomes.push(...(await runTrials(trials, batch % 2 === 0 ? "hcl" : "json")));
  }
  const wrongYes = outcomes.filter(isWrongYes);
  const provable = outcomes.filter(({ trial }) => trial.provable && trial.good);
  const wrongNo = provable.filter(isWrongNo);
  const odd = outcomes.filter(isOdd);
  for (const one of outcomes.filter(isMisread)) show("yes by reference", one);
  for (const one of outcomes.filter(({ allowed, allowedByJson }) => allowed && !allowedByJson))
    show("no by JSON", { ...one, messages: one.messagesByJson });
  for (const one of wrongYes) show("WRONG YES", one);
  for (const one of wrongNo) show("wrong no", one);
  for (const one of odd) show("the cloud differs from the construction", one);
  for (const about of new Set(outcomes.map(({ trial }) => trial.about))) {
    const ones = outcomes.filter(({ trial }) => trial.about === about);
    const good = ones.filter(({ trial }) => trial.good).length;
    process.stdout.write(`${about}: ${String(good)} good, ${String(ones.length - good)} bad\n`);
  }
  process.stdout.write(
    `${String(outcomes.length)} trials: ${String(wrongYes.length)} wrong yes, ${String(wrongNo.length)} wrong no of ${String(provable.length)} provable, ${String(odd.length)} whose construction is wrong\n`,
  );
  return wrongYes.length === 0 && odd.length === 0 ? 0 : 1;
}

/** Allowed by the JSON alone, whose evidence says that it does not show the expressions. */
const isMisread = ({ allowedByJson, byReference, boundWell }: Outcome): boolean =>
  allowedByJson && byReference && !boundWell;

function show(what: string, { trial, form, messages }: Outcome): void {
  process.stdout.write(`${what}: ${trial.name} (${form}, ${trial.about}) ${trial.expression}\n`);
  for (const message of messages) process.stdout.write(`    ${message}\n`);
}

void main().then(
  (code) => (process.exitCode = code),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? "") : String(thrown)}\n`);
    process.exitCode = 2;
  },
);
