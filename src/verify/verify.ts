import { setTimeout as sleep } from "node:timers/promises";
import type { Emit } from "../core/events";
import { AnycastError } from "../core/errors";
import type { Metric, VerifyReport, VerifySide, VerifyVerdict } from "../core/verify-report";
import type { Endpoint } from "./endpoint";
import { measure } from "./measure";
import type { MeasureOptions } from "./measure";
import { showProxy } from "./proxy";
import { Side } from "./side";

export interface VerifyOptions extends MeasureOptions {
  readonly plain: Endpoint;
  readonly accelerated: Endpoint;
  /** Rounds that count; each asks both addresses once. @default 10 */
  readonly rounds?: number;
  /** Rounds made first and not counted. @default 1 */
  readonly warmup?: number;
  /** Rounds under way at the same time. More is faster, but the requests may disturb each other. @default 1 */
  readonly parallel?: number;
  /** Share by which the accelerated median must be smaller, 0 ≤ x < 1. @default 0.05 */
  readonly threshold?: number;
  /** Timing whose medians are compared. @default "time_total" */
  readonly metric?: Metric;
  /** How long to wait for both addresses to answer at all before measuring, in milliseconds. @default 0 */
  readonly waitMs?: number;
  /** Whether the proxy is the sandbox's internet. @default false */
  readonly sandbox?: boolean;
  /** Told the progress, as that of the step `verify`; the step itself is the caller's. */
  readonly emit?: Emit;
}

/** Pause between two attempts while waiting for an address to answer, in milliseconds. */
const WAIT_PAUSE_MS = 1000;

/**
 * Measures access over the plain and over the accelerated address, in turns so that both meet the same weather, and
 * compares the medians.
 * @throws AnycastError `Aborted`; what cannot be reached is a verdict, not an error
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const emit = options.emit ?? (() => undefined);
  const sideOf = (endpoint: Endpoint): Side => new Side(endpoint, () => measure(endpoint, options));
  const [plain, accelerated] = [sideOf(options.plain), sideOf(options.accelerated)];
  for (const side of [plain, accelerated]) await untilAnswering(side, options.waitMs ?? 0, options.signal);
  await inRounds(options.warmup ?? 1, options.parallel ?? 1, async () => {
    await plain.tryOut();
    await accelerated.tryOut();
  });
  const rounds = options.rounds ?? 10;
  let done = 0;
  await inRounds(rounds, options.parallel ?? 1, async (round) => {
    // Turning the order around cancels what the first request of a pair does to the second.
    const pair = round % 2 === 0 ? [plain, accelerated] : [accelerated, plain];
    for (const side of pair) if (!plain.hopeless && !accelerated.hopeless) await side.sample();
    emit({ type: "progress", step: "verify", done: ++done, total: rounds });
  });
  return judge(options, plain, accelerated);
}

/** Runs numbered rounds, at most `parallel` at a time. */
async function inRounds(rounds: number, parallel: number, run: (round: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < rounds) await run(next++);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, rounds) }, worker));
}

async function untilAnswering(side: Side, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  const end = performance.now() + waitMs;
  while (performance.now() < end && (await side.tryOut()) !== undefined) {
    const pause = Math.max(0, Math.min(WAIT_PAUSE_MS, end - performance.now()));
    await sleep(pause, undefined, { signal }).catch((cause: unknown) => {
      throw new AnycastError("Aborted", "The measurement was stopped.", { cause });
    });
  }
}

function judge(options: VerifyOptions, plain: Side, accelerated: Side): VerifyReport {
  const metric = options.metric ?? "time_total";
  const threshold = options.threshold ?? 0.05;
  const sides = { plain: plain.report(), accelerated: accelerated.report() };
  const ratio = plain.reachable && accelerated.reachable ? ratioOf(sides.plain, sides.accelerated, metric) : undefined;
  const verdict: VerifyVerdict =
    ratio === undefined ? "unreachable" : ratio <= 1 - threshold && ratio < 1 ? "faster" : "not-faster";
  return {
    version: 1,
    verdict,
    metric,
    threshold,
    ...(ratio === undefined ? {} : { ratio }),
    rounds: options.rounds ?? 10,
    warmup: options.warmup ?? 1,
    ...(options.proxy === undefined ? {} : { proxy: showProxy(options.proxy) }),
    sandbox: options.sandbox ?? false,
    ...sides,
  };
}

function ratioOf(plain: VerifySide, accelerated: VerifySide, metric: Metric): number | undefined {
  const [below, above] = [plain.timings[metric]?.median, accelerated.timings[metric]?.median];
  return below === undefined || above === undefined || below <= 0 ? undefined : above / below;
}
