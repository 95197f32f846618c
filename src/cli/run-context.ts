import { messageOf } from "../core/errors";
import type { Emit } from "../core/events";
import { catchSignals, Interruption } from "../terraform";
import type { CliIo } from "./io";
import type { Progress } from "./progress";
import { openEventLog, progressFor } from "./progress";

/** The context of a run: its progress, its event log, and the signals that stop it. */
export interface RunContext {
  readonly emit: Emit;
  readonly progress: Progress;
  readonly interruption: Interruption;
  /** Releases everything; call it after success and failure. */
  close(): void;
}

/**
 * Opens the progress, the event log and the signal handlers of a run.
 * @param events path of the event log. @default none is written
 * @throws AnycastError `EventsNotWritable`
 */
export function openRunContext(io: CliIo, events: string | undefined): RunContext {
  let log = events === undefined ? undefined : openEventLog(events, io.cwd);
  const interruption = new Interruption();
  const progress = progressFor(io);
  const release = catchSignals(interruption);
  return {
    progress,
    interruption,
    emit: (event) => {
      progress.emit(event);
      try {
        log?.emit(event);
      } catch (thrown) {
        // A full disk under the log must not stop an apply.
        log?.close();
        log = undefined;
        const message = `Events are no longer written to ${events}: ${messageOf(thrown)}. The run goes on.`;
        progress.emit({ type: "notice", level: "warning", message });
      }
    },
    close: () => {
      release();
      progress.end();
      log?.close();
    },
  };
}
