import { hasSignals, signalGroup } from "./end-group";
import type { RunOptions, RunResult } from "./process";
import { run } from "./process";

const ENDING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * As `run`, for a program that changes nothing, such as `terraform show`. When a signal ends this process, the program and
 * what it started are killed too: otherwise a cancelled job would leave them running.
 */
export async function runReading(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  let release = (): void => undefined;
  try {
    // In a group of its own, so that the program can be killed with the processes that it started.
    const onSpawn = (pid: number): void => void (release = endWithUs(() => signalGroup(pid, "SIGKILL")));
    return await run(file, args, { ...options, detached: true, onSpawn });
  } finally {
    release();
  }
}

/** A host that handles the signal itself decides what ends. @returns call it when the program has ended */
function endWithUs(kill: () => void): () => void {
  if (!hasSignals()) return () => undefined;
  const handlers = ENDING.map((signal) => ({
    signal,
    handler: () => {
      release();
      kill();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    },
  }));
  const release = (): void => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
  for (const { signal, handler } of handlers) process.on(signal, handler);
  return release;
}
