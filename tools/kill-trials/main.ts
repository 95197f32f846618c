/**
 * Kills deployments at random, and shows the results.
 * `node --import tsx tools/kill-trials/main.ts [--minutes 5] [--seed 1] [--pace 1]`, after `npm run build`. A pace of 3 is for
 * a machine with much other work, on which everything takes three times as long.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { seededRandom } from "../../packages/sandbox/src/internet/random";
import type { Kill, Outcome, Trial } from "./trial";
import { FRONTS, runTrial, textOf, VICTIMS } from "./trial";

/** A deployment of the trial's stack, and its apply alone, end within this on a machine with nothing else to do, in ms. */
const LONGEST = { start: 3_500, apply: 1_000 };

/** A deployment is killed so often at most. */
const MOST = 4;
const DEFECTS: readonly Outcome["verdict"][] = ["made twice", "unnamed", "blocked"];

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
  const kill = (): Kill => {
    // Most of what can be lost is made in the apply.
    const from = random() < 0.3 ? "start" : "apply";
    return { victims: pick(VICTIMS), from, after: random() * LONGEST[from] * Number(values.pace) };
  };
  const counts = new Map<Outcome["verdict"], number>();
  let kills = 0;
  for (let trials = 1; Date.now() < end; trials++) {
    const trial: Trial = { front: pick(FRONTS), kills: Array.from({ length: 1 + Math.floor(random() * MOST) }, kill) };
    const { verdict, hits, log } = await runTrial(trial);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    kills += hits;
    const isDefect = DEFECTS.includes(verdict);
    if (isDefect) writeFileSync(`kill-trial-${trials}.log`, log);
    const told = `${trial.front}, ${trial.kills.map(textOf).join("; ")}: ${hits} kills, ${verdict}`;
    process.stdout.write(`${trials} ${told}${isDefect ? ` (kill-trial-${trials}.log)` : ""}\n`);
  }
  const count = (verdict: Outcome["verdict"]): number => counts.get(verdict) ?? 0;
  process.stdout.write(
    `${kills} kills: ${count("clean")} deployments went on by themselves, ${count("recovered")} after \`anycast recover\`; ` +
      `made twice ${count("made twice")}, unnamed ${count("unnamed")}, blocked ${count("blocked")} ` +
      `(${count("nobody was there")} trials killed nobody)\n`,
  );
  return DEFECTS.some(count) ? 1 : 0;
}

void main().then((code) => (process.exitCode = code));
