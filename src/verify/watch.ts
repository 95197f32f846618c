import { defined } from "../core/defined";
import { setMaxListeners } from "node:events";
import { AnycastError } from "../core/errors";
import { SIDES } from "../core/verify-report";
import type { SideName, VerifyAttempt } from "../core/verify-report";
import type { WatchReport, WatchSide, WatchSummary, WatchVantage } from "../core/watch-report";
import type { MeasurementRecord } from "./record";
import { endpointShown } from "./endpoint-shown";
import { complete } from "./run/options";
import type { VerifyOptions } from "./run/options";
import { pause } from "./run/measure-pairs";
import { openProber } from "./run/probe";
import type { Prober } from "./run/probe";
import { isVantageFailure } from "./vantage";
import { watchSide } from "./watch-side";

/** Requests per second to each address. */
const RATE = 5;
/** Most open requests to one address: one that hangs must not delay the next. */
const MOST_OPEN = 100;

export interface WatchOptions extends VerifyOptions {
  /** Ends the watching; what was observed so far is reported. */
  readonly signal: AbortSignal;
}

/** @throws AnycastError `OptionInvalid`: a place whose requests are counted cannot watch */
export function refuseUnwatchable({ places = [], remote }: Pick<VerifyOptions, "places" | "remote">): void {
  const scarce = [{ remote }, ...places].find((place) => place.remote?.kind === "globalping")?.remote;
  if (scarce === undefined) return;
  throw new AnycastError(
    "OptionInvalid",
    `--watch makes more requests than the limits of ${scarce.name} allow. Fix: watch from here or from ssh:HOST.`,
  );
}

/**
 * Requests both addresses repeatedly, each request by itself, until the time is over or the signal is aborted, and reports
 * how the service was interrupted. Requests that are open at the end are awaited, up to their own time limit.
 * @throws AnycastError `OptionInvalid`
 */
export async function watch(options: WatchOptions): Promise<WatchReport> {
  refuseUnwatchable(options);
  setMaxListeners(0, options.signal);
  const intervalMs = 1000 / (options.rate ?? RATE);
  const from = Date.now();
  const vantages = await Promise.all(
    (options.places ?? [{}]).map((place) => watchFrom({ ...options, ...place }, intervalMs)),
  );
  const { sandbox = false } = options;
  return { version: 1, from, to: Date.now(), interval_ms: Math.round(intervalMs), sandbox, vantages };
}

async function watchFrom(options: WatchOptions, intervalMs: number): Promise<WatchVantage> {
  const { vantage = "here" } = options;
  const attempts: VerifyAttempt[] = [];
  let failed = 0;
  let error: WatchVantage["error"];
  // The end of the watching does not abort open requests: that would count as a failure of the address.
  const { signal: _signal, ...rest } = options;
  let prober: Prober | undefined;
  try {
    prober = await openProber(rest);
    await askAgainAndAgain(prober, options, intervalMs, (attempt) => {
      attempts.push(attempt);
      if (attempt.error !== undefined) failed++;
      const where = defined({ vantage: options.places && vantage });
      options.emit?.({ type: "progress", step: "watch", done: attempts.length, failed, ...where });
    });
  } catch (thrown) {
    if (!isVantageFailure(thrown)) throw thrown;
    error = { code: thrown.code, message: thrown.message };
  } finally {
    prober?.close();
  }
  const sideOf = (name: SideName): WatchSide =>
    watchSide(
      options[name],
      attempts.filter(({ side }) => side === name),
    );
  const sides = { plain: sideOf("plain"), accelerated: sideOf("accelerated") };
  return { vantage, sides, ...defined({ error }), attempts };
}

async function askAgainAndAgain(
  { probe }: Prober,
  { signal, durationMs = Infinity, vantage = "here" }: WatchOptions,
  intervalMs: number,
  onAttempt: (attempt: VerifyAttempt) => void,
): Promise<void> {
  const open: Record<SideName, Set<Promise<void>>> = { plain: new Set(), accelerated: new Set() };
  const began = performance.now();
  const stopped = new AbortController();
  const stop = AbortSignal.any([signal, stopped.signal]);
  const ask = async (side: SideName, pair: number): Promise<void> => {
    try {
      onAttempt({ ...(await probe(side)), pair, side, vantage });
    } catch (thrown) {
      stopped.abort(thrown);
    }
  };
  for (let pair = 0; !stop.aborted && pair * intervalMs < durationMs; pair++) {
    for (const side of SIDES) if (open[side].size < MOST_OPEN) keep(open[side], ask(side, pair));
    await pause((pair + 1) * intervalMs - (performance.now() - began), stop);
  }
  await Promise.all(SIDES.flatMap((side) => [...open[side]]));
  if (stopped.signal.aborted) throw stopped.signal.reason;
}

function keep(open: Set<Promise<void>>, asked: Promise<void>): void {
  const entry = asked.finally(() => open.delete(entry));
  open.add(entry);
}

/** Whether an address never answered or a place could not be used, so that nothing is known about an interruption. */
export function neverAnswered({ vantages }: WatchReport): boolean {
  return vantages.some(
    ({ sides, error }) => error !== undefined || SIDES.some((side) => sides[side].lost === sides[side].requests),
  );
}

/** Requests that failed, from all places to both addresses. */
export const lostRequests = ({ vantages }: WatchReport): number =>
  vantages.reduce((sum, { sides }) => sum + sides.plain.lost + sides.accelerated.lost, 0);

/** The report without its rows, which are many. */
export function withoutRows(report: WatchReport): WatchSummary {
  return { ...report, vantages: report.vantages.map(({ attempts: _attempts, ...rest }) => rest) };
}

/** The rows of a watch as a record. */
export function recordOfWatch(report: WatchReport, options: VerifyOptions): MeasurementRecord {
  const { rate: _rate, ...rest } = options;
  const { settings, seed } = complete({ ...rest, samples: 1, durationMs: 1, seed: options.seed ?? 0 });
  const attempts = report.vantages.flatMap((one) => one.attempts);
  const duration = (report.to - report.from) / 1000;
  const samples = Math.max(1, ...attempts.map(({ pair }) => pair + 1));
  const sides = { plain: endpointShown(options.plain), accelerated: endpointShown(options.accelerated) };
  const head = { format: "anycast-verify-record", version: 1, at: report.from, seed } as const;
  return { head: { ...head, settings: { ...settings, samples, duration, warmup: 0 }, ...sides }, attempts };
}
