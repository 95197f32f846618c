import fc from "fast-check";
import {
  chiSquared,
  driftOf,
  hodgesLehmann,
  kruskalWallis,
  percentile,
  ranksOf,
  shareDifference,
  signedRankCritical,
  summarize,
  wilson,
} from "../../src/verify";

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

/** The definitions, counted out without sorting. */
const atMost = (all: readonly number[], x: number): number => all.filter((y) => y <= x).length;
const atLeast = (all: readonly number[], x: number): number => all.filter((y) => y >= x).length;

describe("summaries", () => {
  it.each([
    [[7], 7, 7],
    [[1, 2], 1.5, 2],
    [[3, 1, 2], 2, 3],
    [[4, 1, 3, 2], 2.5, 4],
    [Array.from({ length: 20 }, (_, i) => i + 1), 10.5, 19],
    [Array.from({ length: 100 }, (_, i) => 100 - i), 50.5, 95],
    [[10, 9, 100, 1], 9.5, 100],
  ])("of %p have median %p and p95 %p", (all, middle, p95) => {
    expect(summarize(all)).toMatchObject({ median: middle, p95 });
  });

  it("have a median with at least half of the values on either side", () => {
    fc.assert(
      fc.property(values, (all) => {
        const m = summarize(all)?.median ?? NaN;
        return atMost(all, m) >= all.length / 2 && atLeast(all, m) >= all.length / 2;
      }),
    );
  });

  it("have percentiles that are the least value not exceeded by that many percent", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const enough = (x: number): boolean => atMost(all, x) * 100 >= percent * all.length;
        const naive = all.filter(enough).reduce((a, b) => Math.min(a, b), Infinity);
        return percentile(all, percent) === naive;
      }),
    );
  });

  it("keep the order min, median, p95, max, and do not modify their input", () => {
    fc.assert(
      fc.property(values, (all) => {
        const copy = [...all];
        const { min = NaN, median: m = NaN, p95 = NaN, max = NaN } = summarize(all) ?? {};
        expect(all).toEqual(copy);
        return min <= m && m <= max && min <= p95 && p95 <= max && all.includes(p95) && (all.length < 2 || m <= p95);
      }),
    );
  });

  it("of no values do not exist", () => {
    expect(summarize([])).toBeUndefined();
    expect(percentile([], 95)).toBeNaN();
  });
});

describe("Wilcoxon's signed-rank statistic", () => {
  // Table of critical values for two-sided 0.05 and 0.01, as printed in textbooks (Wilcoxon and Wilcox, 1964).
  it.each([
    [8, 3, 0],
    [10, 8, 3],
    [15, 25, 15],
    [20, 52, 37],
    [25, 89, 68],
    [30, 137, 109],
    [50, 434, 373],
  ])("of %d pairs has the critical values %d and %d of the tables", (n, five, one) => {
    expect([signedRankCritical(n, 0.05), signedRankCritical(n, 0.01)]).toEqual([five, one]);
  });

  it("continues with the approximation where the exact count ends", () => {
    // The exact values grow by the square of the number of pairs; their second differences say where the next ones lie.
    const [a, b, c, next] = [397, 398, 399, 401].map((n) => signedRankCritical(n, 0.0125));
    const second = c! - 2 * b! + a!;
    const continued = c! + 2 * (c! - b!) + 3 * second;
    expect(Math.abs(next! - continued)).toBeLessThanOrEqual(60);
    const began = performance.now();
    expect(signedRankCritical(10_000, 0.0125)).toBeGreaterThan(23_000_000);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("of 6 pairs cannot be rejected at 0.01", () => {
    expect(signedRankCritical(6, 0.01)).toBe(-1);
  });
});

describe("the Hodges-Lehmann interval", () => {
  // Hollander and Wolfe, Nonparametric Statistical Methods, examples 3.1 to 3.4: depression scale before and after.
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const differences = after.map((value, i) => value - (before[i] ?? NaN));

  it("is that of the textbook", () => {
    const { estimate, low, high } = hodgesLehmann(differences, 0.04);
    expect([estimate, low, high].map((value) => value.toFixed(3))).toEqual(["-0.460", "-0.786", "-0.010"]);
  });

  it("is the same as from the full list of Walsh averages", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }), (tenths) => {
        const values = tenths.map((value) => value / 10);
        const averages = values
          .flatMap((value, i) => values.slice(i).map((other) => (value + other) / 2))
          .sort((a, b) => a - b);
        const critical = signedRankCritical(values.length, 0.05);
        const { estimate, low, high } = hodgesLehmann(values, 0.05);
        const half = averages.length / 2;
        expect(estimate).toBeCloseTo((averages[Math.ceil(half) - 1]! + averages[Math.floor(half)]!) / 2, 12);
        expect([low, high]).toEqual(
          critical < 0 ? [-Infinity, Infinity] : [averages[critical], averages[averages.length - 1 - critical]],
        );
      }),
    );
  });

  it("of ten thousand values is computed quickly", () => {
    const values = Array.from({ length: 10_000 }, (_, i) => ((i * 7919) % 10_007) / 10_007);
    const { estimate, low, high } = hodgesLehmann(values, 0.0125);
    expect(estimate).toBeCloseTo(0.5, 2);
    expect(high - low).toBeGreaterThan(0.005);
    expect(high - low).toBeLessThan(0.03);
  });

  it("has no limits when there are too few values, and is wider at a higher confidence level", () => {
    expect(hodgesLehmann([1, 2, 3], 0.05)).toEqual({ estimate: 2, low: -Infinity, high: Infinity });
    const [narrow, wide] = [hodgesLehmann(differences, 0.1), hodgesLehmann(differences, 0.1, 1.3)];
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
  });

  it("moves when the values are shifted, and is mirrored when they are negated", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 20, maxLength: 40 }), (all) => {
        const own = hodgesLehmann(all, 0.05);
        const moved = hodgesLehmann(
          all.map((value) => value + 7),
          0.05,
        );
        const turned = hodgesLehmann(
          all.map((value) => -value),
          0.05,
        );
        expect([moved.low, moved.high]).toEqual([own.low + 7, own.high + 7]);
        expect([turned.low, turned.high]).toEqual([-own.high || 0, -own.low || 0].map((v) => expect.closeTo(v, 9)));
      }),
    );
  });
});

describe("shares of failures", () => {
  // Newcombe, Interval estimation for the difference between independent proportions (1998), table II, case (a).
  it("differ by the interval of Newcombe's paper", () => {
    const { estimate, low, high } = shareDifference({ hits: 48, n: 80 }, { hits: 56, n: 70 }, 1.96);
    expect([estimate, low, high].map((value) => value.toFixed(4))).toEqual(["0.2000", "0.0524", "0.3339"]);
  });

  // Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
  it.each([
    [81, 263, "0.2553", "0.3662"],
    [15, 148, "0.0624", "0.1605"],
    [0, 20, "0.0000", "0.1611"],
    [1, 29, "0.0061", "0.1718"],
  ])("of %d in %d have Wilson's interval from %s to %s", (hits, n, low, high) => {
    const interval = wilson(hits, n, 1.959964);
    expect([interval.low.toFixed(4), interval.high.toFixed(4)]).toEqual([low, high]);
  });
});

describe("the dependence on time", () => {
  it("is measured by ranks, which equal values share", () => {
    expect(ranksOf([10, 30, 20, 20])).toEqual([1, 4, 2.5, 2.5]);
  });

  it("is Kruskal and Wallis's statistic", () => {
    // Three groups without ties: rank sums 6, 15, 24 of 9 values; H = 12/90 * (12 + 75 + 192) - 30 = 7.2.
    expect(
      kruskalWallis([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    ).toBeCloseTo(7.2, 10);
  });

  // Printed tables of the chi-squared distribution.
  it.each([
    [0.99, 3, 11.345],
    [0.99, 7, 18.475],
    [0.95, 7, 14.067],
  ])("is compared with the quantile %d of chi-squared with %d degrees of freedom", (probability, freedom, value) => {
    expect(Math.abs(chiSquared(probability, freedom) / value - 1)).toBeLessThan(0.01);
  });

  it("is found in a trend and in autocorrelated values, and not in alternating or constant ones", () => {
    const ramp = Array.from({ length: 80 }, (_, i) => i + (i % 2) * 5);
    const waves = Array.from({ length: 80 }, (_, i) => Math.sin(i / 2));
    expect([driftOf(ramp).changed, driftOf(waves).changed]).toEqual([true, true]);
    const alternating = Array.from({ length: 80 }, (_, i) => (i % 2) * 10 + ((i * 7) % 5));
    expect([driftOf(alternating).changed, driftOf(new Array<number>(80).fill(1)).changed]).toEqual([false, false]);
  });
});
