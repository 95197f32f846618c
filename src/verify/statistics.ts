import type { TimingSummary } from "../core/verify-report";

/** The middle of several values; the mean of the two middle ones when their number is even. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/**
 * Percentile by nearest rank: always a value that was seen, never one in between. NaN for no values.
 * @param percent whole number, 1 to 100 (whole, so that the rank is exact)
 */
export function percentile(values: readonly number[], percent: number): number {
  return ascending(values)[Math.ceil((percent * values.length) / 100) - 1] ?? NaN;
}

/** @returns undefined for no values */
export function summarize(values: readonly number[]): TimingSummary | undefined {
  if (values.length === 0) return undefined;
  return {
    min: Math.min(...values),
    median: median(values),
    p95: percentile(values, 95),
    max: Math.max(...values),
  };
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
