import type { SideName } from "../../core/verify-report";
import { randomFrom } from "./random";

/** When a pair begins and which of its sides comes first. */
export interface Slot {
  readonly pair: number;
  /** Milliseconds after the start of the measurement. */
  readonly atMs: number;
  readonly order: readonly SideName[];
}

/**
 * Spreads pairs over a duration. Each begins at a random moment of the first half of its share of the time, with its
 * sides in random order, so that periodic effects do not always hit the same side.
 */
export function scheduleOf(samples: number, durationMs: number, seed: number): Slot[] {
  const random = randomFrom(seed);
  const share = durationMs / samples;
  return Array.from({ length: samples }, (_, pair) => {
    const order: Slot["order"] = random() < 0.5 ? ["plain", "accelerated"] : ["accelerated", "plain"];
    return { pair, atMs: (pair + random() / 2) * share, order };
  });
}
