import type { AnycastEvent } from "../core/events";
import type { CliIo } from "./io";
import { measuredText } from "./progress/medians";

/** A signal ends the measurement, not the command: what was measured so far is reported. */
export async function untilStopped<T>(
  io: CliIo,
  work: (signal: AbortSignal, emit: (event: AnycastEvent) => void) => Promise<T>,
): Promise<T> {
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await work(stopped.signal, (event) => showProgress(event, io));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** One line that is rewritten in place, on a terminal only. */
function showProgress(event: AnycastEvent, io: CliIo): void {
  if (event.type === "notice") io.stderr.write(`${event.message}\n`);
  if (!io.interactive) return;
  if (event.type === "progress") {
    // A line that wraps could not be erased.
    io.stderr.write(`\r\u001b[K${measuredText(event).slice(0, io.width - 1)}`);
  }
  if (event.type === "step-done" || event.type === "step-failed") io.stderr.write("\r\u001b[K");
}
