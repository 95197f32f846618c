import type { Interval } from "./hodges-lehmann";

/** z of the one-sided 95 % limit: the question is only whether one side fails *more*. */
const ONE_SIDED = 1.645;

/** Wilson's interval of a share. */
export function wilson(hits: number, n: number, z: number): { readonly low: number; readonly high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const share = hits / n;
  const middle = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}

/** Number of hits out of a total. */
export interface Share {
  readonly hits: number;
  readonly n: number;
}

/**
 * How much larger the share `b` is than the share `a`, with Newcombe's hybrid score interval (method 10 of his paper
 * of 1998).
 * @param z @default 1.645, the limits that hold in 95 % of cases each
 */
export function shareDifference(a: Share, b: Share, z = ONE_SIDED): Interval {
  const [left, right] = [wilson(a.hits, a.n, z), wilson(b.hits, b.n, z)];
  const [ofA, ofB] = [a.n === 0 ? 0 : a.hits / a.n, b.n === 0 ? 0 : b.hits / b.n];
  const estimate = ofB - ofA;
  return {
    estimate,
    low: estimate - Math.hypot(ofB - right.low, left.high - ofA),
    high: estimate + Math.hypot(right.high - ofB, ofA - left.low),
  };
}
