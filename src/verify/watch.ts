import { setMaxListeners } from "node:events";
import { SIDES } from "../core/verify-report";
import type { SideName, VerifyAttempt } from "../core/verify-report";
import type { WatchReport, WatchSide } from "../core/watch-report";
import { endpointShown } from "./endpoint-shown";
import type { Endpoint, Measured } from "./measure";
import type { VerifyOptions } from "./run/options";
import { pause } from "./run/measure-pairs";
import { openProber } from "./run/probe";

/** Requests per second to each address. */
const RATE = 5;
/** Requests to one address that may be under way: one that hangs must not keep the next from being made. */
const MOST_OPEN = 100;

export interface WatchOptions extends VerifyOptions {
  /** Ends the watching; what is there is reported. */
  readonly signal: AbortSignal;
}

/**
 * Asks both addresses again and again, each request by itself, until the time is over or the signal says so, and says how
 * the service was interrupted meanwhile. What is under way at the end is waited for, as far as its own time-out.
 * @throws AnycastError `VantageFailed`
 */
export async function watch(options: WatchOptions): Promise<WatchReport> {
  const { signal, durationMs = Infinity } = options;
  const intervalMs = 1000 / (options.rate ?? RATE);
  setMaxListeners(0, signal);
  // The end of the watching does not break off what is under way: that would be a failure of nobody.
  const { signal: _signal, ...rest } = options;
  const prober = await openProber(rest);
  const seen: Record<SideName, Measured[]> = { plain: [], accelerated: [] };
  const open: Record<SideName, Set<Promise<void>>> = { plain: new Set(), accelerated: new Set() };
  const from = Date.now();
  const began = performance.now();
  try {
    for (let n = 0; !signal.aborted && n * intervalMs < durationMs; n++) {
      for (const side of SIDES) if (open[side].size < MOST_OPEN) keep(open[side], askOnce(side));
      await pause((n + 1) * intervalMs - (performance.now() - began), signal);
    }
    await Promise.all(SIDES.flatMap((side) => [...open[side]]));
  } finally {
    prober.close();
  }
  const sideOf = (side: SideName): WatchSide => watchSide(options[side], seen[side]);
  return {
    version: 1,
    from,
    to: Date.now(),
    interval_ms: Math.round(intervalMs),
    sandbox: options.sandbox ?? false,
    sides: { plain: sideOf("plain"), accelerated: sideOf("accelerated") },
  };

  async function askOnce(side: SideName): Promise<void> {
    const measured = await prober.probe(side);
    seen[side].push(measured);
    options.emit?.({ type: "progress", step: "watch", done: seen.plain.length + seen.accelerated.length });
  }
}

function keep(open: Set<Promise<void>>, asked: Promise<void>): void {
  const entry = asked.finally(() => open.delete(entry));
  open.add(entry);
  // It is met where all of them are waited for.
  entry.catch(() => undefined);
}

const failed = ({ error }: Pick<VerifyAttempt, "error">): boolean => error !== undefined;

/** What the requests to one address say of its interruption. */
export function watchSide(endpoint: Endpoint, measured: readonly Measured[]): WatchSide {
  const inOrder = [...measured].sort((a, b) => a.at - b.at);
  const lost = inOrder.filter(failed);
  const [first, last] = [lost[0], lost.at(-1)];
  const counts = new Map<string, number>();
  for (const { error } of lost) counts.set(error!.code, (counts.get(error!.code) ?? 0) + 1);
  return {
    ...endpointShown(endpoint),
    requests: inOrder.length,
    lost: lost.length,
    ...(first === undefined || last === undefined ? {} : { first_failure: first.at, last_failure: last.at }),
    longest_gap_ms: longestGap(inOrder),
    failures: [...counts].map(([code, count]) => ({ code, count })),
  };
}

/** Before the first answered request and after the last one it counts from the first and to the last request. */
function longestGap(inOrder: readonly Measured[]): number {
  const edges = [inOrder[0], ...inOrder.filter((one) => !failed(one)), inOrder.at(-1)].flatMap((one) => one?.at ?? []);
  return edges.reduce((most, at, i) => Math.max(most, at - (edges[i - 1] ?? at)), 0);
}

/** Whether an address was not there at all, so that nothing can be said of an interruption. */
export function neverAnswered({ sides }: WatchReport): boolean {
  return SIDES.some((side) => sides[side].lost === sides[side].requests);
}
