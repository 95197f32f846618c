/** How long a program may take to end by itself once it was asked to, in milliseconds. */
const GRACE_MS = 5_000;

/**
 * Whether there are process groups, and signals that a program can handle. Windows has neither. There a program shares our
 * console, in which Ctrl-C reaches every program by itself, and all that we could send would end it without warning.
 */
export const hasSignals = (): boolean => process.platform !== "win32";

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

/** Without signals, only SIGKILL is sent, and to the process alone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (!hasSignals() && signal !== "SIGKILL") return;
  try {
    process.kill(hasSignals() ? -pid : pid, signal);
  } catch {
    // It has ended by itself.
  }
}
