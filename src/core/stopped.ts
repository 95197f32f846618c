import { AnycastError } from "./errors";

export interface Stop {
  /** The signal, e.g. `SIGINT`. */
  readonly signal: string;
  /** What was being done, e.g. "while the app ran". */
  readonly doing: string;
  /** What was done before the signal. @default nothing was changed */
  readonly left?: string;
  readonly cause?: unknown;
}

/** The error of a run that was stopped by a signal, with the same wording for every step. */
export function stopped(
  code: "Interrupted" | "ApplyInterrupted",
  { signal, doing, left = "Nothing was changed.", cause }: Stop,
): AnycastError {
  return new AnycastError(code, `Stopped by ${signal} ${doing}. ${left} Fix: run the same command again.`, { cause });
}
