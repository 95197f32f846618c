import type { VerifyReport } from "../../src/core/verify-report";
import { renderVerifyText } from "../../src/report/verify-text";

const summary = (median: number, p95: number): { min: number; median: number; p95: number; max: number } => ({
  min: median,
  median,
  p95,
  max: p95,
});

const faster: VerifyReport = {
  version: 1,
  verdict: "faster",
  metric: "time_total",
  threshold: 0.05,
  ratio: 0.75,
  rounds: 10,
  warmup: 1,
  proxy: "socks5://127.0.0.1:1",
  sandbox: true,
  plain: {
    url: "http://47.236.0.1/",
    succeeded: 9,
    failed: 1,
    failures: [{ code: "TimedOut", message: "No complete answer within 10 s.", count: 1 }],
    timings: {
      time_connect: summary(0.1804, 1.19),
      time_starttransfer: summary(0.36, 1.4),
      time_total: summary(0.4, 1.5),
    },
    samples: [],
  },
  accelerated: {
    url: "http://139.95.0.1/",
    connect_to: "[::1]:8080",
    succeeded: 10,
    failed: 0,
    failures: [],
    timings: {
      time_connect: summary(0.0042, 0.01),
      time_starttransfer: summary(0.29, 0.3),
      time_total: summary(0.3, 0.31),
    },
    samples: [],
  },
};

describe("the verify report for people", () => {
  it("is a small table with the conclusion below", () => {
    expect(renderVerifyText(faster)).toBe(
      [
        "plain       http://47.236.0.1/ (9 answered, 1 failed)",
        "  1 x TimedOut: No complete answer within 10 s.",
        "accelerated http://139.95.0.1/ at [::1]:8080 (10 answered, 0 failed)",
        "",
        "                           plain         accelerated",
        "                median       p95    median       p95    change",
        "connect         180 ms   1190 ms    4.2 ms     10 ms     -98 %",
        "first byte      360 ms   1400 ms    290 ms    300 ms     -19 %",
        "total           400 ms   1500 ms    300 ms    310 ms     -25 %",
        "",
        "Accelerated access is 25 % faster (median time_total 300 ms, not 400 ms).",
        "Simulated by the sandbox: this says nothing about the real internet.",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [
      "not faster enough",
      { verdict: "not-faster", threshold: 0.5 },
      /not faster: 25 % less time\n.*at least 50 % faster/,
    ],
    ["slower", { verdict: "not-faster", ratio: 1.5 }, /not faster: 50 % more time\n/],
    ["unreachable", { verdict: "unreachable", ratio: undefined }, /Nothing to compare: one of the addresses/],
  ] as const)("says so when access is %s", (_what, change, wanted) => {
    expect(renderVerifyText({ ...faster, ...change } as VerifyReport)).toMatch(wanted);
  });

  it("has no table when nothing answered, and a dash for what one side lacks", () => {
    const nothing = { ...faster.plain, timings: {} };
    expect(renderVerifyText({ ...faster, plain: nothing, accelerated: nothing })).not.toContain("median ");
    expect(renderVerifyText({ ...faster, plain: nothing })).toMatch(/^connect +- +- +4\.2 ms +10 ms *$/m);
  });

  it("fits 80 columns and uses colour only when told to", () => {
    const text = renderVerifyText(faster);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\u001b");
    expect(renderVerifyText(faster, { color: true })).toContain("\u001b[32mAccelerated access is 25 % faster");
  });
});
