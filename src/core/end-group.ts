/** How long a program may take to end by itself once it was asked to, in milliseconds. */
const GRACE_MS = 5_000;

/**
 * Asks a process group to end, and kills it when it does not. For programs that change nothing.
 * @param pid of the group's first process
 * @returns call it when the program has ended
 */
export function endGroup(pid: number, signal: NodeJS.Signals = "SIGTERM", graceMs = GRACE_MS): () => void {
  signalGroup(pid, signal);
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
  timer.unref();
  return () => clearTimeout(timer);
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
