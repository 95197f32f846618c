import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "./errors";

/** How time passes for the provider: its pauses and limits shrink as the simulated cloud runs faster. */
export interface Pace {
  /** Real milliseconds of a pause that is `ms` long with the real cloud. */
  pause(ms: number): number;
  /** Real milliseconds of a time limit. @param explicit whether the configuration set it */
  limit(ms: number, explicit: boolean): number;
}

/** Shortest pause between two looks, in milliseconds. */
const SHORTEST_PAUSE = 5;
/** However fast the sandbox runs, a machine under load needs some time: lowest limits in milliseconds. */
const LOWEST_LIMIT = { explicit: 5_000, usual: 20_000 };
/** What "at once" counts as. */
const INSTANT = 600;

/** @param speed as for the cloud: 1 about as slow as the real one; 0 and "instant" at once */
export function makePace(speed: number | "instant"): Pace {
  const factor = speed === "instant" || speed === 0 ? INSTANT : speed;
  return {
    pause: (ms) => Math.max(SHORTEST_PAUSE, ms / factor),
    limit: (ms, explicit) => Math.min(ms, Math.max(explicit ? LOWEST_LIMIT.explicit : LOWEST_LIMIT.usual, ms / factor)),
  };
}

/** Sleeps; ends early, with an error, when terraform asked to stop. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw new ProviderError("The operation was stopped, as terraform was interrupted (simulated by the sandbox).");
  }
}
