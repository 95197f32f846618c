import { probit } from "./library";
import { centre } from "./hodges-lehmann";

/** How far values in the order of time are from being independent of it. */
export interface Drift {
  /** Correlation of each value with the one before, by ranks, -1 to 1. */
  readonly autocorrelation: number;
  /** Whether the values depend on time by more than chance. */
  readonly changed: boolean;
  /** The smallest and the largest of the time blocks' centres. */
  readonly least: number;
  readonly most: number;
  /** Standard error of the mean of those centres, which includes dependence within blocks. */
  readonly error: number;
}

/** Values in a block of time, and how many blocks there are at least and at most. */
const PER_BLOCK = 10;
const LEAST_BLOCKS = 4;
const MOST_BLOCKS = 8;

/** False alarm rate of each of the two tests for independent values. */
const FALSE_ALARMS = 0.01;

/**
 * Two tests by ranks, which outliers do not disturb: Kruskal and Wallis's over blocks of time finds slow changes, the
 * correlation of neighbours finds quick ones.
 */
export function driftOf(values: readonly number[]): Drift {
  const n = values.length;
  const count = Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, Math.floor(n / PER_BLOCK)));
  const ranks = ranksOf(values);
  const blocks = blocksOf(ranks, count);
  const autocorrelation = neighbourCorrelation(ranks);
  const changed =
    n >= 2 * LEAST_BLOCKS &&
    (kruskalWallis(blocks) > chiSquared(1 - FALSE_ALARMS, count - 1) ||
      autocorrelation * Math.sqrt(n) > probit(1 - FALSE_ALARMS));
  const middles = blocksOf(values, count)
    .filter((block) => block.length > 0)
    .map(centre);
  const error = standardError(middles);
  return { autocorrelation, changed, least: Math.min(...middles), most: Math.max(...middles), error };
}

function standardError(values: readonly number[]): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
}

/** Ranks from 1; equal values share the mean of theirs. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && order[to]?.value === order[from]?.value) to++;
    for (const { index } of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
  }
  return ranks;
}

function blocksOf<T>(values: readonly T[], count: number): T[][] {
  const edge = (block: number): number => Math.round((block * values.length) / count);
  return Array.from({ length: count }, (_, block) => values.slice(edge(block), edge(block + 1)));
}

/** The statistic H of Kruskal and Wallis, of ranks in groups. */
export function kruskalWallis(groups: readonly (readonly number[])[]): number {
  const n = groups.reduce((sum, group) => sum + group.length, 0);
  const mean = (n + 1) / 2;
  const between = groups.reduce((sum, group) => {
    const own = group.reduce((total, rank) => total + rank, 0) / group.length;
    return group.length === 0 ? sum : sum + group.length * (own - mean) ** 2;
  }, 0);
  return (12 * between) / (n * (n + 1));
}

/** A quantile of the chi-squared distribution, by Wilson and Hilferty's approximation. */
export function chiSquared(probability: number, freedom: number): number {
  const ninth = 2 / (9 * freedom);
  return freedom * (1 - ninth + probit(probability) * Math.sqrt(ninth)) ** 3;
}

function neighbourCorrelation(ranks: readonly number[]): number {
  const mean = (ranks.length + 1) / 2;
  const squares = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0);
  const products = ranks.slice(1).reduce((sum, rank, i) => sum + (rank - mean) * ((ranks[i] ?? mean) - mean), 0);
  return squares === 0 ? 0 : products / squares;
}
