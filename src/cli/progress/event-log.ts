import { closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { AnycastError, messageOf } from "../../core/errors";
import { refusePipe } from "../check-outputs";
import type { AnycastEvent, Emit } from "../../core/events";

export interface EventLog {
  readonly emit: Emit;
  close(): void;
}

/**
 * Appends every event as one JSON line with its time (`at`, milliseconds since the epoch).
 * @throws AnycastError `EventsNotWritable`
 */
export function openEventLog(path: string, cwd: string): EventLog {
  refusePipe(resolve(cwd, path), "--events");
  let file: number;
  try {
    file = openSync(resolve(cwd, path), "a", 0o600);
  } catch (cause) {
    throw new AnycastError(
      "EventsNotWritable",
      `Events cannot be written to ${path}: ${messageOf(cause)}. Fix: name another file for --events.`,
      { cause },
    );
  }
  return {
    emit: (event: AnycastEvent) => void writeSync(file, `${JSON.stringify({ at: Date.now(), ...event })}\n`),
    close: () => closeSync(file),
  };
}
