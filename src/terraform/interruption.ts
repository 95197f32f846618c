/** The signals that mean "stop": Ctrl-C, a job that is cancelled, a terminal that was closed. */
const STOPPING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Called with the signal and how many have come so far, 1 for the first. */
export type OnInterrupt = (signal: NodeJS.Signals, count: number) => void;

/**
 * The one place where this process receives the request to stop. Nothing here ends the process: the code that runs terraform
 * asks it to stop and waits until it has written its state.
 */
export class Interruption {
  private readonly listeners = new Set<OnInterrupt>();
  private count = 0;
  private first: NodeJS.Signals | undefined;

  /** The first signal that came, if one did. */
  public get signal(): NodeJS.Signals | undefined {
    return this.first;
  }

  /** Calls `listener` for each signal from now on, and at once when one came before. */
  public listen(listener: OnInterrupt): () => void {
    this.listeners.add(listener);
    if (this.first !== undefined) listener(this.first, this.count);
    return () => void this.listeners.delete(listener);
  }

  /** What a signal handler calls; tests call it too. */
  public raise(signal: NodeJS.Signals): void {
    this.count += 1;
    this.first ??= signal;
    for (const listener of [...this.listeners]) listener(signal, this.count);
  }
}

/** A signal for work that stops at once, as an `AbortSignal`; its reason is the name of the signal. */
export function abortedBy(interruption: Interruption): AbortSignal {
  const controller = new AbortController();
  interruption.listen((signal) => controller.abort(signal));
  return controller.signal;
}

/** Catches the stopping signals of this process until the returned function is called. */
export function catchSignals(interruption: Interruption, of: NodeJS.EventEmitter = process): () => void {
  const handlers = STOPPING.map((signal) => ({ signal, handler: () => interruption.raise(signal) }));
  for (const { signal, handler } of handlers) of.on(signal, handler);
  return () => {
    for (const { signal, handler } of handlers) of.off(signal, handler);
  };
}

/** From this signal on, a child that has been asked to stop is forced to; its state may be lost. */
export const FORCING_COUNT = 3;

/**
 * The signal to send to a running terraform for the n-th one we got. Terraform stops cleanly at its first SIGINT, exits
 * at once (and may lose what it was doing) at its second, and is killed by SIGHUP. So only the first and a deliberate
 * third are passed on, always as SIGINT.
 */
export function signalForTerraform(count: number): NodeJS.Signals | undefined {
  return count === 1 || count === FORCING_COUNT ? "SIGINT" : undefined;
}
