/** What `anycast verify --watch` found, version 1 (docs/schemas/watch-report.schema.json). Times are milliseconds since the epoch. */

import type { SideName, VerifyAttempt, VerifyEndpoint } from "./verify-report";

/** How one address was interrupted while it was watched. */
export interface WatchSide extends VerifyEndpoint {
  readonly requests: number;
  /** Requests that failed. */
  readonly lost: number;
  /** When the first and the last request began that failed. @default none failed */
  readonly first_failure?: number;
  readonly last_failure?: number;
  /** Longest time without an answered request, from the start of one to the start of the next, in milliseconds. */
  readonly longest_gap_ms: number;
  /** Kinds of failures, with how often. */
  readonly failures: readonly { readonly code: string; readonly count: number }[];
}

/** What was seen from one place. */
export interface WatchVantage {
  readonly vantage: string;
  readonly sides: Readonly<Record<SideName, WatchSide>>;
  /** Why the place could not be used from then on; it says nothing about the addresses. @default it could be used */
  readonly error?: { readonly code: string; readonly message: string };
  /** The requests to both addresses; those made at the same time have the same number. */
  readonly attempts: readonly VerifyAttempt[];
}

export interface WatchReport {
  readonly version: 1;
  /** When it began and ended. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds between two requests to one address. */
  readonly interval_ms: number;
  /** True when the sandbox's simulated internet was watched. */
  readonly sandbox: boolean;
  readonly vantages: readonly WatchVantage[];
}

/** The report without the single requests. */
export type WatchSummary = Omit<WatchReport, "vantages"> & {
  readonly vantages: readonly Omit<WatchVantage, "attempts">[];
};
