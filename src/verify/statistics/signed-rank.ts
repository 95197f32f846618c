import { probit } from "./library";

/** With more pairs than this, the normal distribution is as accurate, and much faster. */
const MOST_EXACT = 400;

/** Cumulative distributions by number of pairs; each is made once. */
const known = new Map<number, Float64Array>();

/**
 * The distribution of Wilcoxon's signed-rank statistic when there is no difference: exact, by counting.
 * @param n pairs, at least 1
 * @returns for each value of the statistic, from 0 on, the probability of that value or a smaller one
 */
export function signedRankDistribution(n: number): Float64Array {
  const before = known.get(n);
  if (before !== undefined) return before;
  const probability = new Float64Array((n * (n + 1)) / 2 + 1);
  probability[0] = 1;
  // Each rank counts with probability one half.
  for (let rank = 1, most = 0; rank <= n; rank++) {
    most += rank;
    for (let sum = most; sum >= 0; sum--)
      probability[sum] = ((probability[sum] ?? 0) + (sum >= rank ? (probability[sum - rank] ?? 0) : 0)) / 2;
  }
  for (let sum = 1; sum < probability.length; sum++)
    probability[sum] = (probability[sum] ?? 0) + (probability[sum - 1] ?? 0);
  known.set(n, probability);
  return probability;
}

/**
 * The critical value of the two-sided signed-rank test, as printed in tables: the largest value of the statistic that
 * occurs with a probability of at most `alpha / 2`.
 * @returns -1 when there are too few pairs for this `alpha`
 */
export function signedRankCritical(n: number, alpha: number): number {
  if (n > MOST_EXACT) {
    const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
    // Half a unit off, as the statistic counts whole ranks.
    return Math.floor((n * (n + 1)) / 4 + probit(alpha / 2) * deviation - 0.5);
  }
  const cumulative = signedRankDistribution(n);
  let value = -1;
  while ((cumulative[value + 1] ?? 1) <= alpha / 2) value++;
  return value;
}
