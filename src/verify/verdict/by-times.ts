import type { VerdictReason, VerifyVerdict } from "../../core/verify-report";
import type { Drift, Interval } from "../statistics";
import { driftOf, hodgesLehmann } from "../statistics";

/** Fewest pairs for a verdict. */
export const LEAST_PAIRS = 20;
/** Numbers of pairs after which they are evaluated, before the last one. */
export const LOOKS: readonly number[] = [20, 40, 80, 160];
/**
 * How often the interval of one look may miss, two-sided: z is about 2.5. Four looks then miss in less than 5 % of
 * measurements.
 */
const ALPHA = 0.0125;
/** Least difference that may end a measurement early: drift of the paths becomes visible only later. */
const EARLY = 0.3;
/** On drifting paths, a difference must be this many times as large as the drift. */
const DRIFT_FACTOR = 2;
/**
 * Drift that noise hides from the tests is still in the centres of the blocks: the interval extends over at least this many
 * of their standard errors. With eight blocks that depend on their neighbours, 5 correspond to 2.5 for independent values.
 */
const BLOCK_ERRORS = 5;
/** Fewest pairs for the blocks: with fewer, a block has too few values. */
const BLOCKS_FROM = 40;
/** If one side took at least a third less in every block, drift does not matter. */
const ALWAYS = Math.log(1.5);

/** Evaluation of one timing: logarithms of ratios. */
export interface Times {
  readonly interval: Interval;
  readonly drift: Drift;
}

/** The interval, widened for the dependence of the values on each other and on time. */
export function timesOf(values: readonly number[]): Times {
  const drift = driftOf(values);
  if (!drift.changed) return { interval: steady(values, drift), drift };
  // Correlated values carry less information than independent ones.
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
 * The verdict from the times alone.
 * @param margin differences up to this share are none
 * @param last whether no more pairs will come; before that, only a verdict that cannot change is returned
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
