/** The document that `anycast verify --format json` prints, version 1 (docs/schemas/verify-report.schema.json). */

/** The moments that are measured, named as curl names them; each counts from the start of the request. */
export const TIMINGS = [
  "time_namelookup",
  "time_connect",
  "time_appconnect",
  "time_starttransfer",
  "time_total",
] as const;
export type Timing = (typeof TIMINGS)[number];

/** The timings that can be compared: those that every answered request has. */
export const METRICS = ["time_connect", "time_starttransfer", "time_total"] as const satisfies readonly Timing[];
export type Metric = (typeof METRICS)[number];

/** One request that was answered. Times are seconds. */
export interface VerifySample {
  /** Only where a name had to be looked up here (not for an address, nor when a proxy looks it up). */
  readonly time_namelookup?: number;
  /** TCP connection established; through a proxy: the proxy's connection to the target. */
  readonly time_connect: number;
  /** TLS handshake done; only for https. */
  readonly time_appconnect?: number;
  /** First byte of the answer. */
  readonly time_starttransfer: number;
  /** Last byte of the answer. */
  readonly time_total: number;
  readonly http_code: number;
  /** Bytes of the answer's body. */
  readonly size_download: number;
}

/** What several values of one timing come to, in seconds. */
export interface TimingSummary {
  readonly min: number;
  /** The middle value; the mean of the two middle ones when their number is even. */
  readonly median: number;
  /** Nearest rank: the least value that at least 95 % of the values do not exceed. */
  readonly p95: number;
  readonly max: number;
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
  readonly url: string;
  /** Where the connection went instead of to the URL's own host and port. @default the URL's own */
  readonly connect_to?: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly failures: readonly VerifyFailure[];
  /** Empty when nothing succeeded. */
  readonly timings: Partial<Record<Timing, TimingSummary>>;
  /** In the order they ended. */
  readonly samples: readonly VerifySample[];
}

/** `unreachable`: one side answered too seldom to compare. */
export type VerifyVerdict = "faster" | "not-faster" | "unreachable";

export interface VerifyReport {
  readonly version: 1;
  readonly verdict: VerifyVerdict;
  /** The timing whose medians are compared. */
  readonly metric: Metric;
  /** Share by which accelerated access must be faster, e.g. 0.05. */
  readonly threshold: number;
  /** Median of accelerated divided by median of plain; missing when `unreachable`. */
  readonly ratio?: number;
  /** Rounds asked for, without warm-up. */
  readonly rounds: number;
  /** Rounds made first and not counted. */
  readonly warmup: number;
  /** The proxy that everything went through, without its password. @default none: direct connections */
  readonly proxy?: string;
  /** True when the sandbox's simulated internet was measured, which says nothing about the real one. */
  readonly sandbox: boolean;
  readonly plain: VerifySide;
  readonly accelerated: VerifySide;
}
