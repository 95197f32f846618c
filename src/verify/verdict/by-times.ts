import type { VerdictReason, VerifyVerdict } from "../../core/verify-report";
import type { Drift, Interval } from "../statistics";
import { driftOf, hodgesLehmann } from "../statistics";

/** Fewer pairs carry no verdict. */
export const LEAST_PAIRS = 20;
/** Numbers of pairs after which they are evaluated, before the last one. */
export const LOOKS: readonly number[] = [20, 40, 80, 160];
/**
 * How often the interval of one look may miss, two-sided: z is about 2.5. Four looks then miss in less than 5 % of
 * measurements.
 */
const ALPHA = 0.0125;
/** A difference that ends a measurement before its time must be larger than this: paths drift, and it shows late. */
const EARLY = 0.3;
/** A difference on paths that drift must be this many times as large as what they drifted by. */
const DRIFT_FACTOR = 2;
/**
 * What noise hides from the tests of drift is still in the middles of blocks: the interval reaches at least this many of
 * their standard errors. With eight blocks that depend on their neighbours, five are what 2.5 are for independent values.
 */
const BLOCK_ERRORS = 5;
/** Fewer pairs make blocks of too few. */
const BLOCKS_FROM = 40;
/** Unless one side took at least a third less all the time: then it does not matter that it was not always the same. */
const ALWAYS = Math.log(1.5);

/** What the times of one timing come to: logarithms of ratios. */
export interface Times {
  readonly interval: Interval;
  readonly drift: Drift;
}

/** The interval, as wide as the dependence of the values on each other and on time asks for. */
export function timesOf(values: readonly number[]): Times {
  const drift = driftOf(values);
  if (!drift.changed) return { interval: steady(values, drift), drift };
  // Values that follow one another count for less than as many independent ones.
  const follow = Math.max(0, Math.min(0.99, drift.autocorrelation));
  const own = hodgesLehmann(values, ALPHA, Math.sqrt((1 + follow) / (1 - follow)));
  const reach = DRIFT_FACTOR * (drift.most - drift.least);
  const low = drift.least > ALWAYS ? drift.least : Math.min(own.low, own.estimate - reach);
  const high = drift.most < -ALWAYS ? drift.most : Math.max(own.high, own.estimate + reach);
  return { interval: { estimate: own.estimate, low, high }, drift };
}

/** The interval of values that do not visibly depend on time. */
function steady(values: readonly number[], { error, least, most }: Drift): Interval {
  const own = hodgesLehmann(values, ALPHA);
  if (values.length < BLOCKS_FROM || least > ALWAYS || most < -ALWAYS) return own;
  const reach = BLOCK_ERRORS * error;
  const { estimate } = own;
  return { estimate, low: Math.min(own.low, estimate - reach), high: Math.max(own.high, estimate + reach) };
}

export interface Decision {
  readonly verdict: VerifyVerdict;
  readonly reasons: readonly VerdictReason[];
}

/**
 * What the times alone say.
 * @param margin differences up to this share are none
 * @param last whether no more pairs will come; before, only what cannot change any more is a verdict
 * @returns undefined when more pairs may decide it
 */
export function decideByTimes(
  { interval: { low, high }, drift }: Times,
  pairs: number,
  margin: number,
  last: boolean,
): Decision | undefined {
  if (pairs < LEAST_PAIRS) {
    if (!last) return undefined;
    const message = `Only ${pairs} pairs could be compared; a verdict needs ${LEAST_PAIRS}. Fix: raise --samples or --duration.`;
    return { verdict: "inconclusive", reasons: [{ code: "TooFewPairs", message }] };
  }
  const none = -Math.log(1 - margin);
  const same = low > -none && high < none;
  const least = last ? 0 : -Math.log(1 - EARLY);
  if (!same && high < -least) return { verdict: "faster", reasons: [] };
  if (!same && low > least) return { verdict: "slower", reasons: [] };
  if (!last) return undefined;
  return same ? { verdict: "no difference", reasons: [] } : { verdict: "inconclusive", reasons: [doubt(drift)] };
}

function doubt({ changed }: Drift): VerdictReason {
  return changed
    ? {
        code: "PathsDrift",
        message:
          "The difference between the two paths changed too much during the measurement. Fix: measure longer, with --duration.",
      }
    : {
        code: "TooUncertain",
        message: "The times vary too much for a verdict. Fix: measure longer, with --duration and --samples.",
      };
}
