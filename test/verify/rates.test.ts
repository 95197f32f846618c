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
describe("the verdict on simulated samples", () => {
  const COMMON = { runs: 100, samples: 160, seed: 1 };

  it.each(named(SCENARIOS))(
    "claims a difference where there is none, with %s, at most as often as promised",
    (_name, one) => {
      const { faster, slower } = simulateRuns(one, { ...COMMON, factor: 1 });
      expect(faster + slower).toBeLessThanOrEqual(one.falseClaims);
    },
  );

  it.each(named(DIFFERING))(
    "finds a path that is 10 %% better, with %s, at least as often as promised",
    (_name, one) => {
      const { faster, slower } = simulateRuns(one, { ...COMMON, factor: 0.9 });
      expect(faster).toBeGreaterThanOrEqual(one.found!);
      expect(slower).toBe(0);
    },
  );

  it("finds a path that is 5 % better with mild jitter, and does not call it worse or equal", () => {
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
  const [alikeRuns, betterRuns] = FULL ? [34, 20] : [8, 5];
  const COMMON = { baseMs: 300, seed: 7, samples: 160 };
  const SPREAD = FULL ? { durationMs: 105_000, pairsAtOnce: 1 } : { durationMs: 36_000, pairsAtOnce: 4 };
  const ALIKE = { ...COMMON, ...SPREAD, factor: 1, runs: alikeRuns, parallel: alikeRuns };
  const BETTER = { ...COMMON, ...SPREAD, factor: 0.9, runs: betterRuns, parallel: betterRuns };
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

  // Together, as few runs of one kind say little: 24 of those that may claim in 3 to 5 % of runs, 16 of the others.
  it.each([
    ["steady paths", 3, QUICK_ENOUGH.filter(({ found }) => found !== undefined)],
    ["paths that drift", 10, QUICK_ENOUGH.filter(({ found }) => found === undefined)],
  ] as const)("claims a difference where there is none, on %s, in at most %d %% of runs", (_name, percent, ones) => {
    const claims = ones
      .map((one) => alike.get(one)!.tally)
      .reduce((sum, { faster, slower }) => sum + faster + slower, 0);
    expect(claims).toBeLessThanOrEqual(Math.ceil((percent / 100) * ones.length * alikeRuns));
  });

  it.each(named(DIFFERING))("finds a path that is 10 %% better, with %s, and never calls it worse", (_name, one) => {
    const { tally, lateMs } = better.get(one)!;
    expect(tally.slower).toBe(0);
    // Two standard errors of so few runs below what is promised.
    const share = one.found! / 100;
    const least = betterRuns * share - 2 * Math.sqrt(betterRuns * share * (1 - share));
    expect(tally.faster).toBeGreaterThanOrEqual(lateMs > FIT_MS ? 0 : Math.floor(least));
  });
});
