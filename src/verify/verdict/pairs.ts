import type { SideName, Timing, VerifyAttempt } from "../../core/verify-report";

/** Both requests of a pair. */
export interface Pair {
  readonly plain: VerifyAttempt;
  readonly accelerated: VerifyAttempt;
}

/**
 * The logarithm of the ratio when one side failed: a failure is slower than any answer. It is finite, so that one failure
 * on each side gives a mean of no difference.
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

export const bothFailed = ({ plain, accelerated }: Pair): boolean =>
  plain.error !== undefined && accelerated.error !== undefined;

/**
 * Logarithms of accelerated time divided by plain time, one per pair. A pair of which both requests failed is a tie.
 * @returns none when no answer has this timing
 */
export function logRatios(pairs: readonly Pair[], timing: Timing): number[] {
  const time = (one: VerifyAttempt): number => (one.error === undefined ? (one.us[timing] ?? 0) : 0);
  if (!pairs.some(({ plain, accelerated }) => time(plain) > 0 || time(accelerated) > 0)) return [];
  return pairs.flatMap((pair) => {
    const { plain, accelerated } = pair;
    if (bothFailed(pair)) return [0];
    if (plain.error !== undefined) return [-FAILED];
    if (accelerated.error !== undefined) return [FAILED];
    const [below, above] = [time(plain), time(accelerated)];
    return below > 0 && above > 0 ? [Math.log(above / below)] : [];
  });
}
