import type { VantageReport, VerifyReport } from "../../../src/core/verify-report";
import { renderVerifyText } from "../../../src/report/verify";
import { FASTER } from "./reports";

const withVantage = (change: Partial<VantageReport>): VerifyReport => ({
  ...FASTER,
  vantages: [{ ...FASTER.vantages[0]!, ...change }],
});

describe("the report of a measurement as text", () => {
  it("is a small table and two bars, with the verdict below", () => {
    expect(renderVerifyText(FASTER)).toBe(
      [
        "plain       http://47.236.0.1/",
        "accelerated http://139.95.0.1/ at [::1]:8080",
        "",
        "From london: plain 39 answered, 1 failed; accelerated 40 answered, 0 failed",
        "  plain: 1 of 40 failed, TimedOut: No complete answer within 10 s.",
        "",
        "                           plain         accelerated",
        "                median       p95    median       p95   change (interval)",
        "connect         180 ms   1190 ms    4.2 ms     10 ms   -98 % (-98 to -97)",
        "first byte      360 ms   1400 ms    290 ms    300 ms   -19 %",
        "total           400 ms   1500 ms    300 ms    310 ms   -25 % (-28 to -22)",
        "",
        `plain       ${"█".repeat(40)} 400 ms`,
        `accelerated ${"█".repeat(30)} 300 ms`,
        "",
        "Accelerated access is 25 % faster (22 to 28 %, 40 pairs of requests).",
        "Objective p95(total) < 300ms: NOT met (310 ms).",
        "Simulated by the sandbox: this says nothing about the real internet.",
        "Seed 7: --seed 7 repeats the order of the requests.",
        "",
      ].join("\n"),
    );
  });

  it("gives the reasons of a verdict, for each of several locations", () => {
    const reasons = [{ code: "PathsDrift", message: "The difference changed. Fix: measure longer." }];
    const one = withVantage({ verdict: "inconclusive", reasons });
    expect(renderVerifyText(one)).toContain("\nThe difference changed. Fix: measure longer.\n");
    const two = { ...one, vantages: [one.vantages[0]!, { ...FASTER.vantages[0]!, vantage: "ssh:web" }] };
    expect(renderVerifyText(two)).toMatch(/From london: [\s\S]*From ssh:web: [\s\S]*\nlondon: The difference changed/);
  });

  it("has no table when nothing answered, and a dash for a value that one side lacks", () => {
    const nothing = { ...FASTER.vantages[0]!.plain, timings: {} };
    const empty = withVantage({ plain: nothing, accelerated: nothing, effect: {} });
    expect(renderVerifyText(empty)).not.toContain("median ");
    expect(renderVerifyText(withVantage({ plain: nothing, effect: {} }))).toMatch(
      /^connect +- +- +4\.2 ms +10 ms {3}-$/m,
    );
  });

  it("fits 80 columns and uses colour only on request", () => {
    const text = renderVerifyText(FASTER);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\u001b");
    expect(renderVerifyText(FASTER, { color: true })).toContain("\u001b[32mAccelerated access is 25 % faster");
    expect(renderVerifyText({ ...FASTER, verdict: "slower" }, { color: true })).toContain("\u001b[31m");
  });
});
