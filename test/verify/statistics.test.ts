import fc from "fast-check";
import { median, percentile, summarize } from "../../src/verify";

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

/** The definitions, counted out without sorting. */
const atMost = (all: readonly number[], x: number): number => all.filter((y) => y <= x).length;
const atLeast = (all: readonly number[], x: number): number => all.filter((y) => y >= x).length;

describe("the statistics of the measurement", () => {
  it.each([
    [[7], 7, 7],
    [[1, 2], 1.5, 2],
    [[3, 1, 2], 2, 3],
    [[4, 1, 3, 2], 2.5, 4],
    [Array.from({ length: 20 }, (_, i) => i + 1), 10.5, 19],
    [Array.from({ length: 100 }, (_, i) => 100 - i), 50.5, 95],
    [[10, 9, 100, 1], 9.5, 100],
  ])("of %p are median %p and p95 %p", (all, middle, p95) => {
    expect(median(all)).toBe(middle);
    expect(percentile(all, 95)).toBe(p95);
  });

  it("a median has at least half of the values on either side", () => {
    fc.assert(
      fc.property(values, (all) => {
        const m = median(all);
        return atMost(all, m) >= all.length / 2 && atLeast(all, m) >= all.length / 2;
      }),
    );
  });

  it("a percentile is the least value seen that so many percent do not exceed", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const enough = (x: number): boolean => atMost(all, x) * 100 >= percent * all.length;
        const naive = all.filter(enough).reduce((a, b) => Math.min(a, b), Infinity);
        return percentile(all, percent) === naive;
      }),
    );
  });

  it("keeps its order min, median, p95, max, and does not touch what it is given", () => {
    fc.assert(
      fc.property(values, (all) => {
        const copy = [...all];
        const { min, median: m, p95, max } = summarize(all) ?? { min: NaN, median: NaN, p95: NaN, max: NaN };
        expect(all).toEqual(copy);
        return min <= m && m <= max && min <= p95 && p95 <= max && all.includes(p95) && (all.length < 2 || m <= p95);
      }),
    );
  });

  it("says nothing about no values", () => {
    expect(summarize([])).toBeUndefined();
    expect(median([])).toBeNaN();
    expect(percentile([], 95)).toBeNaN();
  });
});
