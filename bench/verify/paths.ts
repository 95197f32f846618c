/**
 * Ways through a network as far as a client meets them: how long the n-th request takes, as a multiple of an undisturbed
 * one. Each is made from random numbers that the caller seeds.
 */
export type Random = () => number;

/** The factor for a request that begins at `time`, in shares of the measurement's duration. */
export type Path = (time: number) => number;

export interface Scenario {
  readonly name: string;
  /** Most runs, in percent, that may claim a difference where there is none. */
  readonly falseClaims: number;
  /** Fewest runs, in percent, that must find a path 10 % better. @default nothing is promised */
  readonly found?: number;
  readonly path: (random: Random) => Path;
}

const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Queues that are mostly empty: three percent of the time there and back, in each direction. */
const mild = (random: Random): number => 1 + exponential(random, 0.03) + exponential(random, 0.03);

/** Four segments, each lost with a probability of 2 %: the first costs a second on a path of 180 ms, the others 0.27 s. */
const loss = (random: Random): number =>
  [5.6, 1.5, 1.5, 1.5].reduce((sum, wait) => sum + (random() < 0.02 ? wait : 0), mild(random));

/** Queues that are mostly full. */
const rough = (random: Random): number => Math.exp(0.12 * normal(random)) + exponential(random, 0.05);

/**
 * A path that gets better and worse by itself, by `reach` to either side, and forgets in `memory` of the measurement.
 * @param jitter what each request has in addition
 */
const wandering =
  (memory: number, reach = 0.07, jitter = mild) =>
  (random: Random): Path => {
    let level = reach * normal(random);
    let last = 0;
    return (time) => {
      const kept = Math.exp(-Math.max(0, time - last) / memory);
      level = level * kept + reach * Math.sqrt(1 - kept * kept) * normal(random);
      last = time;
      return Math.exp(level) * jitter(random);
    };
  };

export const SCENARIOS: readonly Scenario[] = [
  { name: "mild jitter", falseClaims: 3, found: 95, path: (random) => () => mild(random) },
  { name: "2 % loss", falseClaims: 3, found: 95, path: (random) => () => loss(random) },
  { name: "rough jitter", falseClaims: 5, found: 80, path: (random) => () => rough(random) },
  { name: "wandering, quickly", falseClaims: 10, path: wandering(0.05) },
  { name: "wandering", falseClaims: 10, path: wandering(0.2) },
  { name: "wandering, rough jitter", falseClaims: 10, path: wandering(0.2, 0.03, rough) },
  { name: "wandering, slowly", falseClaims: 10, path: wandering(1) },
];
