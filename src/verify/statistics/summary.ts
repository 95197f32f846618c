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

/** @returns undefined for no values */
export function summarize(values: readonly number[]): TimingSummary | undefined {
  const sorted = ascending(values);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return undefined;
  return { min, median: medianSorted(sorted), p95: percentile(sorted, 95), max };
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
