import { AnycastError } from "./errors";

export interface Stop {
  /** The signal, e.g. `SIGINT`. */
  readonly signal: string;
  /** What was going on, e.g. "while the app ran". */
  readonly doing: string;
  /** What became of the work so far. @default nothing was changed */
  readonly left?: string;
  readonly cause?: unknown;
}

/** The error of a run that a signal has stopped: its one wording, whatever was going on. */
export function stopped(
  code: "Interrupted" | "ApplyInterrupted",
  { signal, doing, left = "Nothing was changed.", cause }: Stop,
): AnycastError {
  return new AnycastError(code, `Stopped by ${signal} ${doing}. ${left} Fix: run the same command again.`, { cause });
}
