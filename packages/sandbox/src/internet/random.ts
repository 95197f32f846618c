/** A generator of numbers in [0, 1), the same for the same seed (mulberry32 over an FNV-1a hash). */
export type Random = () => number;

export function seededRandom(...seed: readonly (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(seed.join("\u0000"), "utf8")) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An exponentially distributed number: most are small, few are large, as queueing delays are. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
