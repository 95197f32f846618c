import type { VerifyAttempt, VerifyVerdict } from "../../src/core/verify-report";
import { decide, LOOKS } from "../../src/verify";
import type { Scenario } from "./paths";
import { randomFrom } from "./random";
import type { Tally } from "./runs";

export interface SimulationOptions {
  readonly factor: number;
  readonly runs: number;
  readonly samples: number;
  readonly seed: number;
}

/** The same verdicts on the same paths without sockets and waiting: many more runs, and no noise of a machine. */
export function simulateRuns(scenario: Scenario, options: SimulationOptions): Tally {
  const tally: Record<VerifyVerdict, number> = { faster: 0, slower: 0, "no difference": 0, inconclusive: 0 };
  for (let run = 0; run < options.runs; run++) tally[simulateRun(scenario, run, options)]++;
  return tally;
}

function simulateRun(scenario: Scenario, run: number, { seed, samples, factor }: SimulationOptions): VerifyVerdict {
  const way = (side: number): ReturnType<Scenario["path"]> => scenario.path(randomFrom(seed * 1e6 + run * 4 + side));
  const [plain, accelerated, order] = [way(0), way(1), randomFrom(seed * 1e6 + run * 4 + 2)];
  const settings = { metric: "time_total", margin: 0.05, ignore_size: false } as const;
  const attempts: VerifyAttempt[] = [];
  for (let pair = 0; pair < samples; pair++) {
    const first = order() < 0.5;
    const [early, late] = [pair / samples, (pair + 0.5) / samples];
    const attempt = (side: "plain" | "accelerated", times: number): void => {
      const us = { time_total: Math.round(times * 180_000) };
      attempts.push({ at: 0, pair, side, vantage: "here", us, status: 200, bytes: 2 });
    };
    attempt("plain", plain(first ? early : late));
    attempt("accelerated", accelerated(first ? late : early) * factor);
    if (!LOOKS.includes(pair + 1) || pair + 1 === samples) continue;
    const decided = decide(attempts, settings, 0, false);
    if (decided !== undefined) return decided.verdict;
  }
  return decide(attempts, settings, 0)?.verdict ?? "inconclusive";
}
