import { endpointOf, verify } from "../../src/verify";
import type { VerifyReport, VerifyVerdict } from "../../src/core/verify-report";
import type { Path, Scenario } from "./paths";
import { randomFrom } from "./random";
import { servePaths } from "./server";

export interface RunsOptions {
  /** How much longer the accelerated path takes: 1 is the same, 0.9 is 10 % better. */
  readonly factor: number;
  readonly runs: number;
  readonly samples: number;
  readonly durationMs: number;
  /** Time of an undisturbed request, in milliseconds. */
  readonly baseMs: number;
  /** Measurements at the same time. */
  readonly parallel: number;
  /** Pairs of one measurement at the same time. @default 1 */
  readonly pairsAtOnce?: number;
  readonly seed: number;
}

export type Tally = Readonly<Record<VerifyVerdict, number>>;

export interface Runs {
  readonly tally: Tally;
  /** How late the measuring process was at its worst, in milliseconds: what a busy machine adds to the times. */
  readonly lateMs: number;
}

/** Measures two independent paths of the same kind, many times over, each time with other luck. */
export async function tallyRuns(scenario: Scenario, options: RunsOptions): Promise<Runs> {
  const tally: Record<VerifyVerdict, number> = { faster: 0, slower: 0, "no difference": 0, inconclusive: 0 };
  let next = 0;
  let lateMs = 0;
  const worker = async (): Promise<void> => {
    for (let run = next++; run < options.runs; run = next++) {
      const { verdict, vantages } = await measuredRun(scenario, run, options);
      tally[verdict]++;
      lateMs = Math.max(lateMs, ...vantages.map((one) => one.event_loop_delay_ms));
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.parallel, options.runs) }, worker));
  return { tally, lateMs };
}

async function measuredRun(scenario: Scenario, run: number, options: RunsOptions): Promise<VerifyReport> {
  const { durationMs, samples, baseMs, factor } = options;
  const begun = performance.now();
  const serve = (side: number, times: number): ReturnType<typeof servePaths> => {
    const way: Path = scenario.path(randomFrom(options.seed * 1000 + run * 2 + side));
    return servePaths(() => ({ path: (time) => way(time) * times, begun, durationMs }), baseMs);
  };
  const [plain, accelerated] = await Promise.all([serve(0, 1), serve(1, factor)]);
  const at = (port: number): string => `http://127.0.0.1:${port}/`;
  try {
    return await verify({
      plain: endpointOf(at(plain.port), "--plain"),
      accelerated: endpointOf(at(accelerated.port), "--accelerated"),
      samples,
      durationMs,
      warmup: 0,
      parallel: options.pairsAtOnce ?? 1,
      seed: options.seed + run,
    });
  } finally {
    await Promise.all([plain.stop(), accelerated.stop()]);
  }
}
