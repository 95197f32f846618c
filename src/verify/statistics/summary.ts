import { medianSorted } from "./library";
import type { TimingSummary } from "../../core/verify-report";

/**
 * Percentile by nearest rank: always a value that was seen, never one in between. NaN for no values.
 * @param percent above 0, up to 100
 */
export function percentile(values: readonly number[], percent: number): number {
  // Rounded, so that 95 % of 20 is the 19th and not, by a last binary digit, the 20th.
  const rank = Math.ceil(Number(((percent * values.length) / 100).toFixed(9)));
  return ascending(values)[rank - 1] ?? NaN;
}

/**
 * @param failed requests that failed: they rank as the slowest, and a statistic that falls on one of them has no value
 * @returns undefined for no values
 */
export function summarize(values: readonly number[], failed = 0): TimingSummary | undefined {
  const sorted = [...ascending(values), ...new Array<number>(failed).fill(Infinity)];
  const [min] = sorted;
  if (min === undefined || values.length === 0) return undefined;
  const ranked = { median: medianSorted(sorted), p95: percentile(sorted, 95), max: sorted.at(-1)! };
  return { min, ...Object.fromEntries(Object.entries(ranked).filter(([, value]) => Number.isFinite(value))) };
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
