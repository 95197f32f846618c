import { decide, hasErrors, overallVerdict, parseObjective, pairsOf, sloResult, vantageReport } from "../../src/verify";
import type { Verified } from "../../src/verify";
import type { VerifyAttempt } from "../../src/core/verify-report";

type Half = Partial<VerifyAttempt> & { readonly ms?: number };

const SETTINGS: Verified = { metric: "time_total", margin: 0.05, ignore_size: false };
const RESET: Half = { error: { code: "ConnectionBroken", message: "read ECONNRESET." } };

function attempt(side: "plain" | "accelerated", pair: number, { ms = 100, ...more }: Half): VerifyAttempt {
  const us = Math.round(ms * 1000);
  const answered = more.error === undefined ? { status: 200, bytes: 2 } : {};
  return { at: pair, pair, side, vantage: "here", us: { time_connect: us / 2, time_total: us }, ...answered, ...more };
}

/** Pairs in the order of time; a little noise that is the same on both sides on average. */
function pairs(n: number, plain: (i: number) => Half, accelerated: (i: number) => Half): VerifyAttempt[] {
  const noisy = (half: Half, i: number, salt: number): Half => ({
    ...half,
    ms: (half.ms ?? 100) * (1 + ((i * 7919 + salt * 104_729) % 101) / 2500),
  });
  return Array.from({ length: n }, (_, i) => i).flatMap((i) => [
    attempt("plain", i, noisy(plain(i), i, 1)),
    attempt("accelerated", i, noisy(accelerated(i), i, 2)),
  ]);
}

const same = (half: Half) => (): Half => half;
const codesOf = (decided: ReturnType<typeof decide>): readonly string[] =>
  (decided?.reasons ?? []).map(({ code }) => code);

describe("the verdict on times", () => {
  it.each([
    ["faster", 70],
    ["faster", 90],
    ["faster", 95],
    ["no difference", 100],
    ["no difference", 98],
    ["slower", 110],
    ["slower", 140],
  ])("is %s when accelerated access takes %d ms in place of 100", (verdict, ms) => {
    expect(decide(pairs(160, same({}), same({ ms })), SETTINGS, 0)).toMatchObject({ verdict, reasons: [] });
  });

  it("is inconclusive with 19 pairs of any values, and not with 20", () => {
    const few = decide(pairs(19, same({}), same({ ms: 10 })), SETTINGS, 0);
    expect([few?.verdict, codesOf(few)]).toEqual(["inconclusive", ["TooFewPairs"]]);
    expect(decide(pairs(20, same({}), same({ ms: 10 })), SETTINGS, 0)?.verdict).toBe("faster");
  });

  it("uses the margin as the smallest difference", () => {
    const close = pairs(160, same({}), same({ ms: 93 }));
    expect(decide(close, SETTINGS, 0)?.verdict).toBe("faster");
    expect(decide(close, { ...SETTINGS, margin: 0.1 }, 0)?.verdict).toBe("no difference");
  });

  it("is given early only when it is far from doubtful", () => {
    expect(decide(pairs(20, same({}), same({ ms: 60 })), SETTINGS, 0, false)?.verdict).toBe("faster");
    expect(decide(pairs(20, same({}), same({ ms: 150 })), SETTINGS, 0, false)?.verdict).toBe("slower");
    expect(decide(pairs(80, same({}), same({ ms: 90 })), SETTINGS, 0, false)).toBeUndefined();
    expect(decide(pairs(80, same({}), same({})), SETTINGS, 0, false)).toBeUndefined();
  });

  it("is inconclusive when the difference changes throughout", () => {
    const wandering = pairs(160, same({}), (i) => ({ ms: 90 + 20 * Math.sin(i / 25) }));
    const decided = decide(wandering, SETTINGS, 0);
    expect([decided?.verdict, codesOf(decided)]).toEqual(["inconclusive", ["PathsDrift"]]);
  });

  it("is conclusive when the difference changes but is large throughout", () => {
    const improving = pairs(160, same({}), (i) => ({ ms: 45 - i / 8 }));
    expect(decide(improving, SETTINGS, 0)?.verdict).toBe("faster");
    const worsening = pairs(160, same({}), (i) => ({ ms: 160 + i }));
    expect(decide(worsening, SETTINGS, 0)?.verdict).toBe("slower");
  });

  it("is inconclusive when the measuring process was delayed by half of the measured times", () => {
    const quick = pairs(160, same({}), same({ ms: 70 }));
    expect(decide(quick, SETTINGS, 49)?.verdict).toBe("faster");
    const late = decide(quick, SETTINGS, 55);
    expect([late?.verdict, codesOf(late)]).toEqual(["inconclusive", ["ClientBusy"]]);
    expect(decide(quick, SETTINGS, 55, false)).toBeUndefined();
  });
});

describe("failures take precedence over times:", () => {
  const failing =
    (share: number) =>
    (i: number): Half =>
      (i * share) % 10 < share ? RESET : { ms: 50 };

  it.each([
    [160, 4],
    [160, 2],
    [20, 4],
    [20, 2],
    [20, 1],
  ])("of %d pairs with %d of 10 failing on the accelerated side, none is faster", (n, share) => {
    const decided = decide(pairs(n, same({}), failing(share)), SETTINGS, 0);
    expect(decided?.verdict).not.toBe("faster");
    expect(codesOf(decided)).toContain("FailsMore");
    expect(decide(pairs(n, same({}), failing(share)), SETTINGS, 0, false)?.verdict).not.toBe("faster");
  });

  it("one failure in 160 is tolerated as chance, and failures of the plain side count for the other", () => {
    expect(
      decide(
        pairs(160, same({}), (i) => (i === 80 ? RESET : { ms: 50 })),
        SETTINGS,
        0,
      )?.verdict,
    ).toBe("faster");
    expect(decide(pairs(160, failing(4), same({ ms: 50 })), SETTINGS, 0)?.verdict).toBe("faster");
  });

  it("a failure ranks slower than any response", () => {
    const half = decide(pairs(160, same({}), failing(5)), SETTINGS, 0);
    expect([half?.verdict, codesOf(half)]).toEqual(["slower", ["FailsMore"]]);
  });

  it("the verdict is inconclusive after eight requests when a side never answers", () => {
    expect(decide(pairs(7, same({}), same(RESET)), SETTINGS, 0, false)).toBeUndefined();
    const decided = decide(pairs(8, same({}), same(RESET)), SETTINGS, 0, false);
    expect([decided?.verdict, codesOf(decided)]).toEqual(["inconclusive", ["NeverAnswers"]]);
  });

  it("a pair of two failed requests counts as a tie, and none is dropped", () => {
    const outage = (ms: number) => (i: number) => (i % 10 === 3 ? RESET : { ms });
    const attempts = pairs(160, outage(100), outage(70));
    expect(decide(attempts, SETTINGS, 0)?.verdict).toBe("faster");
    // Most of the pairs that are left say faster; all of them together do not.
    const mostly = (ms: number) => (i: number) => (i % 10 < 6 ? RESET : { ms });
    const decided = decide(pairs(160, mostly(100), mostly(70)), SETTINGS, 0);
    expect([decided?.verdict, codesOf(decided)]).toEqual(["inconclusive", ["BothFail"]]);
  });

  it("failures rank as the slowest requests in the report", () => {
    const attempts = pairs(100, same({}), (i) => (i % 10 === 0 ? RESET : { ms: 50 }));
    const { accelerated, plain } = vantageReport("here", attempts, SETTINGS, 0, decide(attempts, SETTINGS, 0)!);
    expect(Object.keys(plain.timings.time_total!)).toEqual(["min", "median", "p95", "max"]);
    // With every tenth request failed, the 95th percentile and the largest value are failures.
    expect(Object.keys(accelerated.timings.time_total!)).toEqual(["min", "median"]);
    const half = vantageReport(
      "here",
      pairs(10, same({}), (i) => (i < 5 ? RESET : {})),
      SETTINGS,
      0,
      { verdict: "inconclusive", reasons: [] },
    );
    expect(Object.keys(half.accelerated.timings.time_total!)).toEqual(["min"]);
  });

  it.each([
    ["fails in 2 of 20 pairs and the plain side never", 20, same({}), (i: number) => (i < 2 ? RESET : {}), true],
    [
      "fails in 16 of 160 pairs and the plain side in 4",
      160,
      (i: number) => (i % 40 === 5 ? RESET : {}),
      failing(1),
      true,
    ],
    ["fails as often as the plain side", 160, failing(1), failing(1), false],
    [
      "fails once more than the plain side",
      40,
      (i: number) => (i < 2 ? RESET : {}),
      (i: number) => (i < 3 ? RESET : {}),
      false,
    ],
    ["fails once in 160 pairs", 160, same({}), (i: number) => (i === 9 ? RESET : {}), false],
  ])("whether the accelerated side has more errors when it %s", (_what, n, plain, accelerated, errors) => {
    const attempts = pairs(n, plain, accelerated);
    expect(hasErrors({ attempts, reasons: [] })).toBe(errors);
  });

  it("the verdict is inconclusive when both sides fail in so many pairs that fewer than 20 are left", () => {
    const both = (i: number): Half => (i < 16 ? RESET : {});
    expect(codesOf(decide(pairs(35, both, both), SETTINGS, 0))).toEqual(["TooFewPairs"]);
  });
});

describe("a comparison is void", () => {
  it.each([
    ["a redirect in place of the page", { status: 301, ms: 5 }, ["StatusDiffers"]],
    ["a small page in place of a large one", { bytes: 3, ms: 5 }, ["SizeDiffers"]],
    ["both", { status: 301, bytes: 0, ms: 5 }, ["StatusDiffers", "SizeDiffers"]],
    ["a response without a length", { bytes: undefined, ms: 5 }, ["SizeUnknown"]],
    ["an answer to HEAD that announces another size", { bytes: 0, announced: 3, ms: 5 }, ["SizeDiffers"]],
    ["the same remote address", { remote: "192.0.2.1:80", ms: 5 }, ["SameAddress"]],
  ])("for %s", (_what, half, codes) => {
    const decided = decide(pairs(20, same({ remote: "192.0.2.1:80" }), same(half)), SETTINGS, 0, false);
    expect([decided?.verdict, codesOf(decided)]).toEqual(["inconclusive", codes]);
  });

  it("for a single response of another size, but not for a page that varies equally on both sides", () => {
    const odd = pairs(40, same({}), (i) => (i === 7 ? { bytes: 3, ms: 50 } : { ms: 50 }));
    expect(codesOf(decide(odd, SETTINGS, 0))).toEqual(["SizeDiffers"]);
    const varying = (i: number): Half => ({ bytes: 2 + (i % 3) });
    expect(codesOf(decide(pairs(160, varying, varying), SETTINGS, 0))).toEqual([]);
    // Both sides have both sizes, but one answers mostly with an error page.
    const mostly = (often: number, seldom: number) => (i: number) => ({ bytes: i === 7 ? seldom : often, ms: often });
    expect(codesOf(decide(pairs(20, mostly(90, 3), mostly(3, 90)), SETTINGS, 0))).toEqual(["SizeDiffers"]);
  });

  it("unless the differences are explicitly accepted", () => {
    const other = pairs(160, same({}), same({ status: 301, bytes: 3, ms: 50 }));
    const asked = { ...SETTINGS, ignore_size: true, expect_status: [200, 301] };
    expect(decide(other, asked, 0)?.verdict).toBe("faster");
    expect(codesOf(decide(other, { ...SETTINGS, ignore_size: true }, 0))).toEqual(["StatusDiffers"]);
  });
});

describe("what is reported", () => {
  it("has an interval per timing, and no ratio where the median is a failure", () => {
    const attempts = pairs(160, same({}), same({ ms: 80 }));
    const report = vantageReport("here", attempts, SETTINGS, 0, decide(attempts, SETTINGS, 0)!);
    for (const timing of ["time_connect", "time_total"] as const) {
      const { ratio, low, high } = report.effect[timing]!;
      expect(ratio).toBeCloseTo(0.8, 2);
      expect(low).toBeLessThan(ratio);
      expect(high).toBeGreaterThan(ratio);
    }
    const broken = pairs(40, same({}), same(RESET));
    expect(vantageReport("here", broken, SETTINGS, 0, decide(broken, SETTINGS, 0)!).effect).toEqual({});
  });

  it("pairs requests by their number, in whatever order they ended", () => {
    const attempts = [...pairs(3, same({}), same({}))].reverse();
    expect(pairsOf(attempts).map(({ plain }) => plain.pair)).toEqual([0, 1, 2]);
    expect(pairsOf(attempts.slice(1))).toHaveLength(2);
  });

  it.each([
    [["faster", "faster"], "faster"],
    [["faster", "no difference"], "no difference"],
    [["faster", "inconclusive"], "inconclusive"],
    [["inconclusive", "slower", "faster"], "slower"],
    [[], "inconclusive"],
  ] as const)("from locations with %p is %s overall", (verdicts, overall) => {
    expect(overallVerdict(verdicts.map((verdict) => ({ verdict })))).toBe(overall);
  });
});

describe("objectives", () => {
  const measured = (accelerated: (i: number) => Half): Parameters<typeof sloResult>[1] => {
    const attempts = Array.from({ length: 100 }, (_, i) => [
      attempt("plain", i, { ms: 500 }),
      attempt("accelerated", i, accelerated(i)),
    ]).flat();
    return [vantageReport("here", attempts, SETTINGS, 0, { verdict: "inconclusive", reasons: [] })];
  };
  const rising = (i: number): Half => ({ ms: i + 1 });
  const oneFails = (i: number): Half => (i === 0 ? RESET : { ms: i + 1 });

  it.each<[string, (i: number) => Half, boolean, number | undefined]>([
    ["p95(total) < 96ms", rising, true, 0.095],
    ["p95(total) < 95ms", rising, false, 0.095],
    ["p95(total) <= 95ms", rising, true, 0.095],
    ["max(total) <= 0.1s", rising, true, 0.1],
    ["median(connect) < 30ms", rising, true, 0.02525],
    ["plain.min(total) < 400ms", rising, false, 0.5],
    ["mean(total) < 60ms", rising, true, 0.0505],
    ["max(total) < 1s", oneFails, false, undefined],
    ["p99(total) < 1s", oneFails, true, 0.1],
    ["errors < 1%", oneFails, false, 0.01],
    ["errors <= 1%", oneFails, true, 0.01],
    ["p50(tls) < 1s", rising, false, undefined],
  ])("%s", (text, accelerated, met, value) => {
    const result = sloResult(parseObjective(text), measured(accelerated));
    expect(result).toMatchObject({ objective: text, met });
    if (value === undefined) expect(result).not.toHaveProperty("value");
    else expect(result.value).toBeCloseTo(value, 6);
  });

  it("are not met where nothing was measured", () => {
    expect(sloResult(parseObjective("errors < 50%"), []).met).toBe(false);
  });

  it.each([
    "",
    "p95 < 300ms",
    "p95(total)",
    "p95(speed) < 1s",
    "p95(total) < 5%",
    "errors < 5ms",
    "p0(total) < 1s",
    "p95(total) > 1s",
  ])("are refused as %p", (text) => {
    expect(() => parseObjective(text)).toThrow(expect.objectContaining({ code: "ObjectiveNotUsable" }) as Error);
  });
});
