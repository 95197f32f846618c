import { SIDES, TIMINGS } from "../../core/verify-report";
import type {
  Effect,
  SideName,
  Timing,
  TimingSummary,
  VantageReport,
  VerdictReason,
  VerifyAttempt,
  VerifyFailure,
  VerifySettings,
  VerifySide,
  VerifyVerdict,
} from "../../core/verify-report";
import { summarize } from "../statistics";
import { decideByTimes, timesOf } from "./by-times";
import type { Decision } from "./by-times";
import { failuresOf } from "./failures";
import { bothFailed, FAILED, logRatios, pairsOf } from "./pairs";
import { sizeOf, voidReasons } from "./void-reasons";

/** After this many failures in a row, without any answer before, a side counts as unreachable. */
const ENOUGH_FAILURES = 8;
/** Largest event loop delay, as a share of the slower side's median. */
const LATENESS = 0.5;

export type Verified = Pick<VerifySettings, "metric" | "margin" | "expect_status" | "ignore_size">;

/** A side that has never answered, after enough requests to stop. */
export function silentSide(attempts: readonly VerifyAttempt[]): SideName | undefined {
  return SIDES.find((side) => {
    const own = attempts.filter((one) => one.side === side);
    return own.length >= ENOUGH_FAILURES && own.every(({ error }) => error !== undefined);
  });
}

/**
 * The verdict on what was measured from one place: first what makes a comparison void, then failures, then times.
 * @param lateMs 95th percentile of the measuring process's event loop delay
 * @param last whether no more pairs will come. @default true
 * @returns undefined when more pairs may decide it, never for the last time
 */
export function decide(
  attempts: readonly VerifyAttempt[],
  settings: Verified,
  lateMs: number,
  last = true,
): Decision | undefined {
  const inconclusive = (...reasons: VerdictReason[]): Decision => ({ verdict: "inconclusive", reasons });
  const silent = silentSide(attempts);
  if (silent !== undefined) {
    const message = `The ${silent} address never answered. Fix: correct what its failures say, and measure again.`;
    return inconclusive({ code: "NeverAnswers", message });
  }
  const voids = voidReasons(attempts, settings);
  if (voids.length > 0) return inconclusive(...voids);
  const pairs = pairsOf(attempts);
  const compared = pairs.filter((pair) => !bothFailed(pair)).length;
  const decided = decideByTimes(timesOf(logRatios(pairs, settings.metric)), compared, settings.margin, last);
  if (decided === undefined) return undefined;
  if (2 * compared < pairs.length) return last ? inconclusive(bothFail(pairs.length, compared)) : undefined;
  const { reason } = failuresOf(attempts);
  if (decided.verdict === "slower")
    return reason === undefined ? decided : { ...decided, reasons: [reason, ...decided.reasons] };
  // Failures may be chance; more pairs will show it.
  if (reason !== undefined) return last ? inconclusive(reason, ...decided.reasons) : undefined;
  const slowest = Math.max(...SIDES.map((side) => sideOf(attempts, side).timings[settings.metric]?.median ?? 0));
  if (lateMs > LATENESS * slowest * 1000 && decided.verdict !== "inconclusive") {
    const message = `This machine was too busy to measure: it was late by ${lateMs.toFixed(0)} ms. Fix: measure longer, or on an idle machine.`;
    return last ? inconclusive({ code: "ClientBusy", message }) : undefined;
  }
  return decided;
}

const bothFail = (pairs: number, compared: number): VerdictReason => ({
  code: "BothFail",
  message: `Both addresses failed in ${pairs - compared} of ${pairs} pairs. Fix: correct what their failures say, and measure again.`,
});

/** Whether the accelerated side fails more, or gives other answers than the plain one. */
export function hasErrors({ attempts, reasons }: Pick<VantageReport, "attempts" | "reasons">): boolean {
  const ERRORS = ["NeverAnswers", "BothFail", "StatusDiffers", "SizeDiffers"];
  return failuresOf(attempts).more || reasons.some(({ code }) => ERRORS.includes(code));
}

/** The whole report on what was measured from one place. */
export function vantageReport(
  vantage: string,
  attempts: readonly VerifyAttempt[],
  settings: Verified,
  lateMs: number,
  decided: { readonly verdict: VerifyVerdict; readonly reasons: readonly VerdictReason[] },
): VantageReport {
  const pairs = pairsOf(attempts);
  const { autocorrelation, changed } = timesOf(logRatios(pairs, settings.metric)).drift;
  return {
    vantage,
    verdict: decided.verdict,
    reasons: decided.reasons,
    pairs: pairs.length,
    effect: Object.fromEntries(
      TIMINGS.flatMap((timing): [Timing, Effect][] => {
        const effect = effectOf(logRatios(pairs, timing));
        return effect === undefined ? [] : [[timing, effect]];
      }),
    ),
    failure_difference: failuresOf(attempts).difference,
    drift: { autocorrelation, changed },
    event_loop_delay_ms: Math.round(lateMs * 10) / 10,
    plain: sideOf(attempts, "plain"),
    accelerated: sideOf(attempts, "accelerated"),
    attempts,
  };
}

/** The effect. Where the estimate falls on a failure there is no ratio, and where a limit does there is no limit. */
function effectOf(values: readonly number[]): Effect | undefined {
  if (values.length === 0) return undefined;
  const { estimate, low, high } = timesOf(values).interval;
  const finite = (value: number): boolean => Math.abs(value) < FAILED / 4;
  if (!finite(estimate)) return undefined;
  return {
    ratio: Math.exp(estimate),
    ...(finite(low) ? { low: Math.exp(low) } : {}),
    ...(finite(high) ? { high: Math.exp(high) } : {}),
  };
}

/** What was measured at one of the addresses. */
export function sideOf(attempts: readonly VerifyAttempt[], side: SideName): VerifySide {
  const own = attempts.filter((one) => one.side === side);
  const answered = own.filter(({ error }) => error === undefined);
  const failures = new Map<string, VerifyFailure>();
  for (const { error } of own) {
    if (error === undefined) continue;
    const known = failures.get(error.code);
    failures.set(error.code, { ...error, message: known?.message ?? error.message, count: (known?.count ?? 0) + 1 });
  }
  return {
    succeeded: answered.length,
    failed: own.length - answered.length,
    failures: [...failures.values()].sort((a, b) => b.count - a.count),
    timings: Object.fromEntries(
      TIMINGS.flatMap((timing): [Timing, TimingSummary][] => {
        const summary = summarize(
          answered.flatMap(({ us }) => (us[timing] === undefined ? [] : us[timing] / 1e6)),
          own.length - answered.length,
        );
        return summary === undefined ? [] : [[timing, summary]];
      }),
    ),
    statuses: distinct(answered, ({ status }) => status),
    sizes: distinct(answered, sizeOf).slice(0, 10),
  };
}

function distinct(attempts: readonly VerifyAttempt[], field: (one: VerifyAttempt) => number | undefined): number[] {
  return [...new Set(attempts.flatMap((one) => field(one) ?? []))].sort((a, b) => a - b);
}
