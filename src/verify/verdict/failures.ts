import type { SideName, VerdictReason, VerifyAttempt } from "../../core/verify-report";
import type { Interval, Share } from "../statistics";
import { shareDifference } from "../statistics";

/** More failures than on the plain side are tolerated when they are shown to be at most this share more. */
const TOLERATED = 0.05;

/** Failures of each side, and whether the accelerated one fails more. */
export interface Failures {
  readonly plain: Share;
  readonly accelerated: Share;
  /** Failure share of accelerated minus plain. */
  readonly difference: Interval;
  /**
   * Whether the accelerated side has errors of its own: it is shown to fail more, or it may and the plain one never failed.
   * Where both fail occasionally, chance alone must not count.
   */
  readonly more: boolean;
  /** Why the accelerated side cannot be called faster. */
  readonly reason?: VerdictReason;
}

export function failuresOf(attempts: readonly VerifyAttempt[]): Failures {
  const share = (side: SideName): Share => {
    const own = attempts.filter((one) => one.side === side);
    return { hits: own.filter(({ error }) => error !== undefined).length, n: own.length };
  };
  const [plain, accelerated] = [share("plain"), share("accelerated")];
  const difference = shareDifference(plain, accelerated);
  const shown = difference.low > 0;
  const possible = difference.estimate > 0 && difference.high > TOLERATED;
  const more = shown || (possible && plain.hits === 0);
  if (!shown && !possible) return { plain, accelerated, difference, more };
  const counts = `${accelerated.hits} of ${accelerated.n} requests failed, on the plain side ${plain.hits} of ${plain.n}`;
  const message = shown
    ? `Accelerated access fails more: ${counts}.`
    : `Accelerated access may fail more: ${counts}. Fix: measure longer, with --samples and --duration.`;
  return { plain, accelerated, difference, more, reason: { code: "FailsMore", message } };
}
