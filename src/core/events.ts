import type { VerifySummary } from "./verify-report";
import type { WatchSummary } from "./watch-report";

/**
 * What the library says while it works. The library never prints: it hands these to an `Emit` and the CLI decides
 * what is shown. `at` (milliseconds since the epoch) is added when an event log is written.
 */
export type AnycastEvent =
  /** A named step of the work begins; `stack` when it belongs to one. */
  | { readonly type: "step-started"; readonly step: string; readonly stack?: string }
  /** The step succeeded after `ms` milliseconds. */
  | {
      readonly type: "step-done";
      readonly step: string;
      readonly stack?: string;
      readonly ms: number;
      readonly detail?: string;
    }
  /** The step failed; the error itself is thrown or returned as well. */
  | {
      readonly type: "step-failed";
      readonly step: string;
      readonly stack?: string;
      readonly ms: number;
      readonly message: string;
    }
  /** Progress inside a step, e.g. resources applied. */
  | {
      readonly type: "progress";
      readonly step: string;
      readonly stack?: string;
      readonly done: number;
      readonly total?: number;
      readonly detail?: string;
      /** Median times of both sides of a measurement so far, in seconds. */
      readonly medians?: { readonly plain: number; readonly accelerated: number };
      /** Where a measurement is made, when it is made from several places. */
      readonly vantage?: string;
      /** Requests that failed so far, of those that are watched. */
      readonly failed?: number;
    }
  /** The result of a measurement. */
  | { readonly type: "verdict"; readonly step: string; readonly report: VerifySummary }
  /** How the addresses were interrupted while something was applied. */
  | { readonly type: "watched"; readonly step: string; readonly report: WatchSummary }
  /** A line that a tool (terraform, the app) printed, already redacted. */
  | {
      readonly type: "output";
      readonly source: string;
      readonly stack?: string;
      readonly stream: "stdout" | "stderr";
      readonly line: string;
    }
  /** Something the user should know. */
  | { readonly type: "notice"; readonly level: "info" | "warning"; readonly message: string; readonly stack?: string };

export type Emit = (event: AnycastEvent) => void;

/** Runs `work` as a named step and emits events for its start and its end. */
export async function asStep<T>(emit: Emit, step: string, work: () => Promise<T>, stack?: string): Promise<T> {
  const began = performance.now();
  const named = stack === undefined ? { step } : { step, stack };
  emit({ type: "step-started", ...named });
  try {
    const result = await work();
    emit({ type: "step-done", ...named, ms: performance.now() - began });
    return result;
  } catch (thrown) {
    emit({
      type: "step-failed",
      ...named,
      ms: performance.now() - began,
      message: thrown instanceof Error ? thrown.message : String(thrown),
    });
    throw thrown;
  }
}
