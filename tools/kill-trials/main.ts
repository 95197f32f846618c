/**
 * Kills deployments at random, and shows what became of them.
 * `node --import tsx tools/kill-trials/main.ts [--minutes 5] [--seed 1] [--pace 1]`, after `npm run build`. A pace of 3 is for
 * a machine with much other work, on which everything takes three times as long.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { seededRandom } from "../../packages/sandbox/src/internet/random";
import type { Outcome, Trial } from "./trial";
import { FRONTS, runTrial, VICTIMS } from "./trial";

/** A deployment of the trial's stack, and its apply alone, end within this on a machine with nothing else to do, in ms. */
const LONGEST = { start: 3_500, apply: 1_000 };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      pace: { type: "string", default: "1" },
    },
  });
  const random = seededRandom(values.seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const end = Date.now() + Number(values.minutes) * 60_000;
  const counts = new Map<Outcome["verdict"], number>();
  for (let trials = 1; Date.now() < end; trials++) {
    // Most of what can be lost is made in the apply.
    const from = random() < 0.3 ? "start" : "apply";
    const after = random() * LONGEST[from] * Number(values.pace);
    const trial: Trial = { front: pick(FRONTS), victims: pick(VICTIMS), from, after };
    const { verdict, log } = await runTrial(trial);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const isDefect = ["made twice", "unnamed", "blocked"].includes(verdict);
    if (isDefect) writeFileSync(`kill-trial-${trials}.log`, log);
    process.stdout.write(
      `${trials} ${trial.front}, ${trial.victims.join("+")} ${Math.round(trial.after)} ms after ${from}: ${verdict}${isDefect ? ` (kill-trial-${trials}.log)` : ""}\n`,
    );
  }
  const count = (verdict: Outcome["verdict"]): number => counts.get(verdict) ?? 0;
  const kills = count("clean") + count("recovered") + count("made twice") + count("unnamed") + count("blocked");
  process.stdout.write(
    `${kills} kills: ${count("clean")} went on by themselves, ${count("recovered")} after \`anycast recover\`; ` +
      `made twice ${count("made twice")}, unnamed ${count("unnamed")}, blocked ${count("blocked")} ` +
      `(${count("nobody was there")} trials killed nobody)\n`,
  );
  return count("made twice") + count("unnamed") + count("blocked") === 0 ? 0 : 1;
}

void main().then((code) => (process.exitCode = code));
