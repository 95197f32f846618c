import { TIMINGS } from "../../core/verify-report";
import type {
  Effect,
  SloResult,
  Timing,
  TimingSummary,
  VantageReport,
  VerifyReport,
  VerifyVerdict,
} from "../../core/verify-report";

/** Names of the timings in every report. */
export const TIMING_NAMES: Readonly<Record<Timing, string>> = {
  time_namelookup: "name",
  time_connect: "connect",
  time_appconnect: "TLS",
  time_starttransfer: "first byte",
  time_total: "total",
};

/** Note below every measurement of the sandbox. */
export const SIMULATED = "Simulated by the sandbox: this says nothing about the real internet.";

/** The timings that have values. */
export function timingsOf({ plain, accelerated }: VantageReport): Timing[] {
  return TIMINGS.filter((one) => plain.timings[one] !== undefined || accelerated.timings[one] !== undefined);
}

/** Whole milliseconds, one decimal below ten. */
export function milliseconds(seconds: number | undefined): string {
  if (seconds === undefined) return "-";
  const ms = seconds * 1000;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

/** A statistic of one timing; `failed` where it falls on a failed request, which ranks as slower than any answer. */
export function statistic(summary: TimingSummary | undefined, name: "median" | "p95"): string {
  return summary !== undefined && summary[name] === undefined ? "failed" : milliseconds(summary?.[name]);
}

/** `-24 % (-29 to -18)`: how accelerated differs from plain. */
export function changeOf(effect: Effect | undefined): string {
  if (effect === undefined) return "-";
  const percent = (ratio: number): string => {
    const value = Math.round((ratio - 1) * 100);
    return `${value > 0 ? "+" : ""}${value === 0 ? 0 : value}`;
  };
  const between =
    effect.low === undefined || effect.high === undefined ? "" : ` (${percent(effect.low)} to ${percent(effect.high)})`;
  return `${percent(effect.ratio)} %${between}`;
}

/** The reasons of a verdict, and what is notable about the measurement. */
export function notesOf(report: VerifyReport): string[] {
  return [
    ...report.vantages.flatMap(({ vantage, reasons }) =>
      reasons.map(({ message }) => (report.vantages.length > 1 ? `${vantage}: ${message}` : message)),
    ),
    ...report.slo.map(sloText),
    ...(report.sandbox ? [SIMULATED] : []),
  ];
}

export function sloText({ objective, met, value }: SloResult): string {
  const ratio = objective.includes("errors");
  const shown = value === undefined ? "none" : ratio ? `${(value * 100).toFixed(1)} %` : milliseconds(value);
  return `Objective ${objective}: ${met ? "met" : "NOT met"} (${shown}).`;
}

/** Failed requests of one side, most frequent kind first. */
export function failureLines({ plain, accelerated }: VantageReport): string[] {
  return (
    [
      ["plain", plain],
      ["accelerated", accelerated],
    ] as const
  ).flatMap(([name, side]) =>
    side.failures.map(
      ({ count, code, message }) => `${name}: ${count} of ${side.failed + side.succeeded} failed, ${code}: ${message}`,
    ),
  );
}

/** ANSI colour of a verdict. */
export const VERDICT_COLOR: Readonly<Record<VerifyVerdict, number>> = {
  faster: 32,
  "no difference": 36,
  inconclusive: 33,
  slower: 31,
};
