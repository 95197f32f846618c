import { signedRankCritical } from "./signed-rank";

/** An estimate with its confidence limits. */
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
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const averages = (n * (n + 1)) / 2;
  const critical = signedRankCritical(n, alpha);
  const rank = Math.floor(averages / 2 - (averages / 2 - critical) * widening);
  const enough = n > 0 && critical >= 0 && rank >= 0;
  return {
    estimate: n === 0 ? NaN : medianOfAverages(sorted, averages),
    low: enough ? walshAverage(sorted, rank) : -Infinity,
    high: enough ? walshAverage(sorted, averages - 1 - rank) : Infinity,
  };
}

/** The estimate alone. NaN for no values. */
export const centre = (values: readonly number[]): number => hodgesLehmann(values, 1).estimate;

function medianOfAverages(sorted: Float64Array, count: number): number {
  const upper = walshAverage(sorted, Math.floor(count / 2));
  return count % 2 === 1 ? upper : (walshAverage(sorted, count / 2 - 1) + upper) / 2;
}

/**
 * The Walsh average (the mean of two values, or of one with itself) of a rank, from 0. There are n (n + 1) / 2 of them, too
 * many to keep for thousands of values, so it is found by bisection: how many do not exceed a number is counted in one pass.
 */
function walshAverage(sorted: Float64Array, rank: number): number {
  let [low, high] = [sorted[0] ?? NaN, sorted.at(-1) ?? NaN];
  if (countUpTo(sorted, low) > rank) return low;
  for (;;) {
    const middle = low + (high - low) / 2;
    // No number lies between the two: the upper one is the average itself.
    if (!(middle > low && middle < high)) return high;
    if (countUpTo(sorted, middle) > rank) high = middle;
    else low = middle;
  }
}

/** How many Walsh averages do not exceed a limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let count = 0;
  for (let i = 0, j = sorted.length - 1; i <= j; i++) {
    while (j >= i && ((sorted[i] ?? NaN) + (sorted[j] ?? NaN)) / 2 > limit) j--;
    count += Math.max(0, j - i + 1);
  }
  return count;
}
