import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { AnycastError } from "../../core/errors";
import type { VerifyAttempt } from "../../core/verify-report";
import { LEAST_PAIRS } from "../verdict";
import type { Probe } from "./probe";
import type { Slot } from "./schedule";

export interface PairsRun {
  readonly probe: Probe;
  readonly slots: readonly Slot[];
  /** No pair begins later, unless fewer than 20 were made. */
  readonly durationMs: number;
  /** Pairs under way at the same time. */
  readonly parallel: number;
  readonly vantage: string;
  readonly signal: AbortSignal;
  /** Called with every request that has ended. */
  readonly onAttempt: (attempt: VerifyAttempt) => void;
  /** Called after every pair; true ends the measurement. */
  readonly enough: (pairs: number) => boolean;
}

/** Makes the pairs as scheduled, until there are enough, the time is over, or the signal is aborted. */
export async function measurePairs(run: PairsRun): Promise<void> {
  const began = performance.now();
  // Every request under way listens to it; Node would report more than ten as a leak.
  setMaxListeners(0, run.signal);
  let next = 0;
  let ended = 0;
  let stop = false;
  const worker = async (): Promise<void> => {
    for (let slot = run.slots[next++]; slot !== undefined && !stop; slot = run.slots[next++]) {
      await pause(slot.atMs - (performance.now() - began), run.signal);
      const late = performance.now() - began > run.durationMs && slot.pair >= LEAST_PAIRS;
      if (late || stop || run.signal.aborted) return;
      for (const side of slot.order) {
        const measured = await run.probe(side).catch(onlyAborted);
        if (measured === undefined) return;
        run.onAttempt({ ...measured, pair: slot.pair, side, vantage: run.vantage });
      }
      if (run.enough(++ended)) stop = true;
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.parallel, run.slots.length) }, worker));
}

function onlyAborted(thrown: unknown): undefined {
  if (thrown instanceof AnycastError && thrown.code === "Aborted") return undefined;
  throw thrown;
}

/** Waits; an abort ends that early. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
