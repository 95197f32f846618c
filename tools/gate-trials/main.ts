import { makeTrial, type Trial } from "./trial";
import { type Outcome, runTrials } from "./run";

/**
 * Makes configurations whose right verdict is known, has real terraform plan them and the gate check them, and applies
 * them all the same: `node --conditions=anycast-source --import tsx tools/gate-trials/main.ts [TRIALS [SEED]]`.
 */
const BATCH = 40;

async function main(): Promise<number> {
  const [count = 400, seed = 1] = process.argv.slice(2).map(Number);
  const outcomes: Outcome[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const trials: Trial[] = [];
    for (let i = from; i < Math.min(count, from + BATCH); i++) trials.push(makeTrial(seed + i));
    outcomes.push(...(await runTrials(trials, (from / BATCH) % 2 === 0 ? "hcl" : "json")));
  }
  const wrongYes = outcomes.filter((one) => one.allowed && !one.boundWell);
  const provable = outcomes.filter((one) => one.trial.provable && one.trial.good);
  const wrongNo = provable.filter((one) => !one.allowed);
  const odd = outcomes.filter((one) => one.trial.good !== one.boundWell);
  for (const one of wrongYes) show("WRONG YES", one);
  for (const one of wrongNo) show("wrong no", one);
  for (const one of odd) show("the cloud differs from the construction", one);
  process.stdout.write(
    `${String(outcomes.length)} trials: ${String(wrongYes.length)} wrong yes, ${String(wrongNo.length)} wrong no of ${String(provable.length)} provable, ${String(odd.length)} whose construction is wrong\n`,
  );
  return wrongYes.length === 0 && odd.length === 0 ? 0 : 1;
}

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
