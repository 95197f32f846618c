import type { AnycastEvent } from "../core/events";
import { SIDES } from "../core/verify-report";
import type { Metric, VantageReport, VerifyAttempt, VerifyReport, VerifySummary } from "../core/verify-report";
import { endpointShown } from "./endpoint-shown";
import { showProxy } from "./measure";
import { Lateness } from "./run/lateness";
import { measurePairs, pause } from "./run/measure-pairs";
import { openProber } from "./run/probe";
import type { Probe, Prober } from "./run/probe";
import { complete } from "./run/options";
import type { Completed, VerifyOptions } from "./run/options";
import { refuseSameAddress } from "./run/same-address";
import { refuseOtherScheme } from "./run/same-scheme";
import { scheduleOf } from "./run/schedule";
import { allAnswer, warmUp } from "./run/warm-up";
import { summarize } from "./statistics";
import { isVantageFailure } from "./vantage";
import { decide, LOOKS, overallVerdict, pairsOf, sentenceOf, silentSide, sloResult, vantageReport } from "./verdict";
import type { Decision } from "./verdict";

/** Pause between two attempts while waiting for an address to answer, in milliseconds. */
const WAIT_PAUSE_MS = 1000;

/**
 * Measures access over the plain and over the accelerated address, in pairs in random order, and says whether
 * accelerated access is faster. Unreachable addresses, and a stop by the signal, are part of the report.
 * @throws AnycastError `SameAddress`, `SchemesDiffer`, `OptionInvalid`
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const completed = complete(options);
  refuseOtherScheme(options.plain, options.accelerated);
  await refuseSameAddress(options.plain, options.accelerated, options.proxy !== undefined, options);
  const signal = options.signal ?? new AbortController().signal;
  const vantages = await Promise.all(
    (options.places ?? [{}]).map((place) => fromHere({ ...options, ...place, signal }, completed)),
  );
  const report = reportOf(options, completed, vantages, signal.aborted);
  options.emit?.({ type: "verdict", step: "verify", report: withoutAttempts(report) });
  return report;
}

/** The report without its rows, which are many. */
export function withoutAttempts(report: VerifyReport): VerifySummary {
  return { ...report, vantages: report.vantages.map(({ attempts: _attempts, ...rest }) => rest) };
}

/** The report on what was measured from one or several places. */
export function reportOf(
  options: VerifyOptions,
  { settings, seed }: Completed,
  vantages: readonly VantageReport[],
  interrupted: boolean,
): VerifyReport {
  return {
    version: 2,
    verdict: overallVerdict(vantages),
    sentence: sentenceOf(vantages, settings.metric),
    interrupted,
    sandbox: options.sandbox ?? false,
    ...(options.proxy === undefined ? {} : { proxy: showProxy(options.proxy) }),
    seed,
    plain: endpointShown(options.plain),
    accelerated: endpointShown(options.accelerated),
    settings,
    vantages,
    slo: (options.slo ?? []).map((objective) => sloResult(objective, vantages)),
  };
}

async function fromHere(
  options: VerifyOptions & { readonly signal: AbortSignal },
  completed: Completed,
): Promise<VantageReport> {
  const attempts: VerifyAttempt[] = [];
  let prober: Prober | undefined;
  try {
    prober = await openProber(options);
    return await fromThere(prober, options, completed, attempts);
  } catch (thrown) {
    if (!isVantageFailure(thrown)) throw thrown;
    // It says nothing about the addresses; the results of the other places are still useful.
    const failed = { verdict: "inconclusive", reasons: [{ code: thrown.code, message: thrown.message }] } as const;
    return vantageReport(options.vantage ?? "here", attempts, completed.settings, 0, failed);
  } finally {
    prober?.close();
  }
}

async function fromThere(
  { probe, lateMs, pairs: most = Infinity, scarce = false }: Prober,
  options: VerifyOptions & { readonly signal: AbortSignal },
  { settings, durationMs, seed }: Completed,
  attempts: VerifyAttempt[],
): Promise<VantageReport> {
  const { signal } = options;
  const emit = options.emit ?? (() => undefined);
  if (!scarce) {
    await untilAnswering(probe, options.waitMs ?? 0, signal);
    await warmUp(probe, SIDES, settings.warmup, signal);
  }
  const samples = Math.min(settings.samples, most);
  if (samples < settings.samples) emit(fewerPairs(options.vantage ?? "", samples, settings.samples));
  const lateness = new Lateness(lateMs);
  let decided: Decision | undefined;
  lateness.start();
  await measurePairs({
    probe,
    slots: scheduleOf(samples, durationMs, seed),
    durationMs,
    parallel: settings.parallel,
    vantage: options.vantage ?? "here",
    signal,
    onAttempt: (attempt) => attempts.push(attempt),
    enough: (pairs) => {
      const medians = mediansOf(attempts, settings.metric);
      const where = options.places === undefined ? {} : { vantage: options.vantage ?? "here" };
      const counted = { type: "progress", step: "verify", done: pairs, total: samples, ...where } as const;
      emit(medians === undefined ? counted : { ...counted, medians });
      const early = options.early !== false && (options.slo ?? []).length === 0;
      const look = (early && LOOKS.includes(pairs)) || silentSide(attempts) !== undefined;
      if (look && pairs < samples && options.toTheEnd !== true)
        decided = decide(attempts, settings, lateness.ms, false);
      return decided !== undefined;
    },
  });
  lateness.stop();
  decided ??= signal.aborted
    ? (decide(attempts, settings, lateness.ms, false) ?? interruptedAfter(pairsOf(attempts).length))
    : (decide(attempts, settings, lateness.ms) ?? { verdict: "inconclusive", reasons: [] });
  return vantageReport(options.vantage ?? "here", attempts, settings, lateness.ms, decided);
}

/** The medians so far; undefined while a side has none, or fails half of the time. */
function mediansOf(
  attempts: readonly VerifyAttempt[],
  metric: Metric,
): { plain: number; accelerated: number } | undefined {
  const [plain, accelerated] = SIDES.map((side) => {
    const own = attempts.filter((one) => one.side === side);
    const answered = own.filter(({ error }) => error === undefined);
    const failed = own.length - answered.length;
    return summarize(
      answered.flatMap(({ us }) => us[metric] ?? []),
      failed,
    )?.median;
  });
  return plain === undefined || accelerated === undefined
    ? undefined
    : { plain: plain / 1e6, accelerated: accelerated / 1e6 };
}

const fewerPairs = (vantage: string, most: number, wanted: number): AnycastEvent => ({
  type: "notice",
  level: "warning",
  message: `${vantage} allows ${most} pairs now, not ${wanted}.`,
});

function interruptedAfter(pairs: number): Decision {
  const message = `The measurement was stopped after ${pairs} pairs. Fix: let it come to its end.`;
  return { verdict: "inconclusive", reasons: [{ code: "Interrupted", message }] };
}

async function untilAnswering(probe: Probe, waitMs: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + waitMs;
  while (performance.now() < end && !signal.aborted && !(await allAnswer(probe, SIDES)))
    await pause(Math.max(0, Math.min(WAIT_PAUSE_MS, end - performance.now())), signal);
}
