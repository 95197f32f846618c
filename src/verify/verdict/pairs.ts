import type { SideName, Timing, VerifyAttempt } from "../../core/verify-report";

/** Both requests of a pair. */
export interface Pair {
  readonly plain: VerifyAttempt;
  readonly accelerated: VerifyAttempt;
}

/**
 * What stands for the logarithm of a ratio when one side failed: a failure is slower than any answer. Finite, so that
 * the mean of one failure on each side is no difference.
 */
export const FAILED = 50;

/** The pairs of which both requests ended, in the order they began. */
export function pairsOf(attempts: readonly VerifyAttempt[]): Pair[] {
  const halves = new Map<number, Partial<Record<SideName, VerifyAttempt>>>();
  for (const one of attempts) halves.set(one.pair, { ...halves.get(one.pair), [one.side]: one });
  return [...halves]
    .sort(([a], [b]) => a - b)
    .flatMap(([, { plain, accelerated }]) =>
      plain === undefined || accelerated === undefined ? [] : [{ plain, accelerated }],
    );
}

/**
 * Logarithms of accelerated time divided by plain time, one per pair. A pair of which both requests failed says
 * nothing about times and has none; nor has one without this timing on both sides.
 */
export function logRatios(pairs: readonly Pair[], timing: Timing): number[] {
  return pairs.flatMap(({ plain, accelerated }) => {
    if (plain.error !== undefined) return accelerated.error === undefined ? [-FAILED] : [];
    if (accelerated.error !== undefined) return [FAILED];
    const [below, above] = [plain.us[timing], accelerated.us[timing]];
    return below === undefined || above === undefined || below <= 0 || above <= 0 ? [] : [Math.log(above / below)];
  });
}
