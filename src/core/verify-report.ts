/** The document that `anycast verify --format json` prints, version 2 (docs/schemas/verify-report.schema.json). */

/** The times that are measured, named as in curl; each counts from the start of the request. */
export const TIMINGS = [
  "time_namelookup",
  "time_connect",
  "time_appconnect",
  "time_starttransfer",
  "time_total",
] as const;
export type Timing = (typeof TIMINGS)[number];

/** The timings that a verdict can be based on: those that every answered request has. */
export const METRICS = ["time_connect", "time_starttransfer", "time_total"] as const satisfies readonly Timing[];
export type Metric = (typeof METRICS)[number];

export const SIDES = ["plain", "accelerated"] as const;
export type SideName = (typeof SIDES)[number];

/** One request, answered or not. A record has one line for each. */
export interface VerifyAttempt {
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** Number of the pair it belongs to, from 0. */
  readonly pair: number;
  readonly side: SideName;
  /** Where it was made: `here`, `ssh:HOST`, `globalping:PLACE`, or the place in the sandbox. */
  readonly vantage: string;
  /** Address and port that answered the connection. @default there was no connection, or a proxy made it */
  readonly remote?: string;
  /** Moments since the start, in whole microseconds; those that were reached. */
  readonly us: Partial<Record<Timing, number>>;
  readonly status?: number;
  /** Bytes of the body, as far as they came. */
  readonly bytes?: number;
  /** Bytes of the body that GET would bring, as the answer to HEAD announces them. @default it does not, or it was GET */
  readonly announced?: number;
  /** Why it counts as failed. */
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Summary of the values of one timing, in seconds. Failed requests rank as the slowest: a number that falls on one of
 * them is left out.
 */
export interface TimingSummary {
  /** Of the answered requests. */
  readonly min: number;
  /** The middle value; the mean of the two middle ones when their number is even. @default half of the requests failed */
  readonly median?: number;
  /** Nearest rank: the least value that at least 95 % of the values do not exceed. @default more than 5 % failed */
  readonly p95?: number;
  /** @default a request failed */
  readonly max?: number;
}

/** One kind of failure, and how often it happened. */
export interface VerifyFailure {
  /** PascalCase error code, e.g. `ConnectionRefused`. */
  readonly code: string;
  /** The first message of this kind. */
  readonly message: string;
  readonly count: number;
}

/** What was measured at one of the two addresses. */
export interface VerifySide {
  readonly succeeded: number;
  readonly failed: number;
  readonly failures: readonly VerifyFailure[];
  /** Of all requests. Empty when nothing succeeded. */
  readonly timings: Partial<Record<Timing, TimingSummary>>;
  /** Status codes of the answers, ascending. */
  readonly statuses: readonly number[];
  /** Sizes of the answers' bodies in bytes, ascending; at most ten of them. */
  readonly sizes: readonly number[];
}

/** Accelerated time divided by plain time: 0.8 is 20 % less time. */
export interface Effect {
  readonly ratio: number;
  /** The interval; missing limits mean that the data sets none. */
  readonly low?: number;
  readonly high?: number;
}

export const VERDICTS = ["faster", "slower", "no difference", "inconclusive"] as const;
export type VerifyVerdict = (typeof VERDICTS)[number];

/** Why a verdict does not follow from the times alone. */
export interface VerdictReason {
  /**
   * `TooFewPairs`, `NeverAnswers`, `BothFail`, `SameAddress`, `StatusDiffers`, `SizeDiffers`, `SizeUnknown`,
   * `FailsMore`, `PathsDrift`, `ClientBusy`, `TooUncertain`, `Interrupted`, `VantageFailed`.
   */
  readonly code: string;
  readonly message: string;
}

/** What was found from one place. */
export interface VantageReport {
  readonly vantage: string;
  readonly verdict: VerifyVerdict;
  readonly reasons: readonly VerdictReason[];
  /** Pairs of which both requests ended. */
  readonly pairs: number;
  /** By timing; only where pairs could be compared. */
  readonly effect: Partial<Record<Timing, Effect>>;
  /** Failure share of accelerated minus that of plain, with its interval. */
  readonly failure_difference: { readonly estimate: number; readonly low: number; readonly high: number };
  /** How far the pairs are from being independent of each other. */
  readonly drift: {
    /** Correlation of each pair with the one before, by ranks. */
    readonly autocorrelation: number;
    /** Whether the difference changed during the measurement by more than chance. */
    readonly changed: boolean;
  };
  /** 95th percentile of the measuring process's event loop delay, in milliseconds. */
  readonly event_loop_delay_ms: number;
  readonly plain: VerifySide;
  readonly accelerated: VerifySide;
  readonly attempts: readonly VerifyAttempt[];
}

/** How it was measured. Records are compared only when these are the same. */
export interface VerifySettings {
  readonly metric: Metric;
  /** Differences up to this share are called none, e.g. 0.05. */
  readonly margin: number;
  /** Most pairs. */
  readonly samples: number;
  /** Seconds over which the pairs are spread. */
  readonly duration: number;
  /** Pairs first that do not count. */
  readonly warmup: number;
  readonly parallel: number;
  /** Longest time of one request, in seconds. */
  readonly timeout: number;
  readonly method: "GET" | "HEAD";
  readonly engine: "node" | "curl";
  /** What the requests went through; simulated measurements are never compared with real ones. */
  readonly network: "direct" | "proxy" | "sandbox";
  /** Statuses that count as answered. @default below 400, and the same on both sides */
  readonly expect_status?: readonly number[];
  readonly ignore_size: boolean;
  /** Only addresses of this family. @default both */
  readonly family?: 4 | 6;
  /** The Host header, where it is not the URL's own host. @default the URL's own */
  readonly host?: string;
  /** Names of the headers that were set, in lower case, sorted. */
  readonly headers: readonly string[];
}

/** One service level objective and whether it holds for the accelerated address, from every place. */
export interface SloResult {
  readonly objective: string;
  readonly met: boolean;
  /** Seconds, or a share for errors; missing when nothing could be computed, or a failure is in it. */
  readonly value?: number;
}

export interface VerifyEndpoint {
  readonly url: string;
  /** Where the connection went instead of to the URL's own host and port. @default the URL's own */
  readonly connect_to?: string;
}

export interface VerifyReport {
  readonly version: 2;
  /** Of all places together: the worst one. */
  readonly verdict: VerifyVerdict;
  /** The verdict in one sentence. */
  readonly sentence: string;
  /** When it was stopped before its end. */
  readonly interrupted: boolean;
  /** True when the sandbox's simulated internet was measured, which says nothing about the real one. */
  readonly sandbox: boolean;
  /** The proxy that everything went through, without its password. @default none: direct connections */
  readonly proxy?: string;
  /** What the random order was made from; the same seed gives the same order. */
  readonly seed: number;
  readonly plain: VerifyEndpoint;
  readonly accelerated: VerifyEndpoint;
  readonly settings: VerifySettings;
  readonly vantages: readonly VantageReport[];
  readonly slo: readonly SloResult[];
}

/** The report without the single requests. */
export type VerifySummary = Omit<VerifyReport, "vantages"> & {
  readonly vantages: readonly Omit<VantageReport, "attempts">[];
};
