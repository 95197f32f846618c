import { SCENARIOS } from "../../bench/verify/paths";
import type { Scenario } from "../../bench/verify/paths";
import { tallyRuns } from "../../bench/verify/runs";
import type { Runs } from "../../bench/verify/runs";
import { simulateRuns } from "../../bench/verify/simulate";

const named = (scenarios: readonly Scenario[]): [string, Scenario][] => scenarios.map((one) => [one.name, one]);
const DIFFERING = SCENARIOS.filter(({ found }) => found !== undefined);

/**
 * How often the verdict is wrong. The limits leave room for the luck of so few runs; `bench/verify.ts` makes more of them,
 * and docs/verify.md has its table.
 */
describe("the verdict, without the noise of a machine", () => {
  const COMMON = { runs: 100, samples: 160, seed: 1 };

  it.each(named(SCENARIOS))("claims a difference where there is none, with %s, as seldom as promised", (_name, one) => {
    const { faster, slower } = simulateRuns(one, { ...COMMON, factor: 1 });
    expect(faster + slower).toBeLessThanOrEqual(one.falseClaims);
  });

  it.each(named(DIFFERING))("finds a way that is 10 %% better, with %s, as often as promised", (_name, one) => {
    const { faster, slower } = simulateRuns(one, { ...COMMON, factor: 0.9 });
    expect(faster).toBeGreaterThanOrEqual(one.found!);
    expect(slower).toBe(0);
  });

  it("finds a way that is 5 % better with mild jitter, and does not call it worse or the same", () => {
    const { faster, slower, "no difference": same } = simulateRuns(SCENARIOS[0]!, { ...COMMON, factor: 0.95 });
    expect([faster >= 85, slower, same <= 3]).toEqual([true, 0, true]);
  });
});

/**
 * Whole measurements, many at a time. Requests take so long that a busy machine adds little to them.
 * ANYCAST_RATES=full makes more of them, in two minutes.
 */
describe("the verdict, on real sockets", () => {
  const FULL = process.env.ANYCAST_RATES === "full";
  const COMMON = { baseMs: 300, seed: 7, samples: 160, durationMs: 30_000, pairsAtOnce: 4 };
  const [alikeRuns, betterRuns] = FULL ? [20, 12] : [6, 5];
  const ALL = FULL ? { durationMs: 105_000, pairsAtOnce: 1 } : {};
  const ALIKE = { ...COMMON, ...ALL, factor: 1, runs: alikeRuns, parallel: alikeRuns };
  const BETTER = { ...COMMON, ...ALL, factor: 0.9, runs: betterRuns, parallel: betterRuns };
  /** What is promised of 100 runs, and the most of so few: one chance in a hundred, or less, to be over it by luck. */
  const MOST_CLAIMS: Readonly<Record<number, number>> = FULL ? { 3: 3, 5: 4, 10: 6 } : { 3: 1, 5: 2, 10: 3 };
  const LEAST_FOUND: Readonly<Record<number, number>> = FULL ? { 95: 9, 80: 6 } : { 95: 3, 80: 1 };
  /** A machine that is later than this hides a difference of 10 %, and a verdict must then not be expected of it. */
  const FIT_MS = 10;

  /** What changes more slowly than the measurement takes is hidden by the noise of a busy machine; noise needs no sockets. */
  const QUICK_ENOUGH = SCENARIOS.filter(({ name }) => !["wandering, slowly", "wandering, rough jitter"].includes(name));

  const alike = new Map<Scenario, Runs>();
  const better = new Map<Scenario, Runs>();
  beforeAll(async () => {
    await Promise.all([
      ...QUICK_ENOUGH.map(async (one) => alike.set(one, await tallyRuns(one, ALIKE))),
      ...DIFFERING.map(async (one) => better.set(one, await tallyRuns(one, BETTER))),
    ]);
  }, 300_000);

  it.each(named(QUICK_ENOUGH))(
    "claims a difference where there is none, with %s, as seldom as promised",
    (_name, one) => {
      const { faster, slower } = alike.get(one)!.tally;
      expect(faster + slower).toBeLessThanOrEqual(MOST_CLAIMS[one.falseClaims]!);
    },
  );

  it.each(named(DIFFERING))("finds a way that is 10 %% better, with %s, and never calls it worse", (_name, one) => {
    const { tally, lateMs } = better.get(one)!;
    expect(tally.slower).toBe(0);
    expect(tally.faster).toBeGreaterThanOrEqual(lateMs > FIT_MS ? 0 : LEAST_FOUND[one.found!]!);
  });
});
