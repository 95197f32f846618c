import { signedRankCritical } from "./signed-rank";

/** What a value lies at, and between which limits it lies as far as the data says. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The Hodges-Lehmann estimate of the middle of symmetrically distributed values, with the interval that belongs to
 * Wilcoxon's signed-rank test. Few outliers move neither.
 * @param alpha how often the interval may miss, e.g. 0.05
 * @param widening factor on the distance of the limits from the middle rank, for values that are not independent.
 *   @default 1
 * @returns an interval without limits (±Infinity) when there are too few values
 */
export function hodgesLehmann(values: readonly number[], alpha: number, widening = 1): Interval {
  const n = values.length;
  const averages = new Float64Array((n * (n + 1)) / 2);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i; j < n; j++) averages[at++] = ((values[i] ?? NaN) + (values[j] ?? NaN)) / 2;
  averages.sort();
  const middle = averages.length / 2;
  const critical = signedRankCritical(n, alpha);
  const rank = Math.floor(middle - (middle - critical) * widening);
  const enough = critical >= 0 && rank >= 0;
  return {
    estimate: n === 0 ? NaN : medianOfSorted(averages),
    low: enough ? (averages[rank] ?? -Infinity) : -Infinity,
    high: enough ? (averages[averages.length - 1 - rank] ?? Infinity) : Infinity,
  };
}

/** The estimate alone. NaN for no values. */
export const centre = (values: readonly number[]): number => hodgesLehmann(values, 1).estimate;

function medianOfSorted(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? NaN) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
}
