import type { TimingSummary, VantageReport, VerifyReport, VerifySide } from "../../../src/core/verify-report";

const summary = (median: number, p95: number): TimingSummary => ({ min: median, median, p95, max: p95 });

const plain: VerifySide = {
  succeeded: 39,
  failed: 1,
  failures: [{ code: "TimedOut", message: "No complete answer within 10 s.", count: 1 }],
  timings: {
    time_connect: summary(0.1804, 1.19),
    time_starttransfer: summary(0.36, 1.4),
    time_total: summary(0.4, 1.5),
  },
  statuses: [200],
  sizes: [2],
};

const accelerated: VerifySide = {
  succeeded: 40,
  failed: 0,
  failures: [],
  timings: {
    time_connect: summary(0.0042, 0.01),
    time_starttransfer: summary(0.29, 0.3),
    time_total: summary(0.3, 0.31),
  },
  statuses: [200],
  sizes: [2],
};

/** Forty pairs that were made up: every fifth plain request is slow, the twentieth fails. */
const attempts: VantageReport["attempts"] = Array.from({ length: 40 }, (_, pair) => [
  {
    at: 1_700_000_000_000 + pair * 500,
    pair,
    side: "plain" as const,
    vantage: "london",
    us: {
      time_connect: 180_400,
      time_starttransfer: 360_000,
      time_total: pair % 5 === 0 ? 900_000 : 400_000 + pair * 100,
    },
    ...(pair === 20
      ? { error: { code: "TimedOut", message: "No complete answer within 10 s." } }
      : { status: 200, bytes: 2 }),
  },
  {
    at: 1_700_000_000_200 + pair * 500,
    pair,
    side: "accelerated" as const,
    vantage: "london",
    us: { time_connect: 4200, time_starttransfer: 290_000, time_total: 300_000 + pair * 50 },
    status: 200,
    bytes: 2,
  },
]).flat();

/** A report as it could be; what it says is made up. */
export const FASTER: VerifyReport = {
  version: 2,
  verdict: "faster",
  sentence: "Accelerated access is 25 % faster (22 to 28 %, 40 pairs of requests).",
  interrupted: false,
  sandbox: true,
  proxy: "socks5://127.0.0.1:1",
  seed: 7,
  plain: { url: "http://47.236.0.1/" },
  accelerated: { url: "http://139.95.0.1/", connect_to: "[::1]:8080" },
  settings: {
    metric: "time_total",
    margin: 0.05,
    samples: 40,
    duration: 60,
    warmup: 1,
    parallel: 1,
    timeout: 10,
    method: "GET",
    engine: "node",
    network: "sandbox",
    ignore_size: false,
    headers: [],
  },
  vantages: [
    {
      vantage: "london",
      verdict: "faster",
      reasons: [],
      pairs: 40,
      effect: {
        time_connect: { ratio: 0.0233, low: 0.02, high: 0.03 },
        time_starttransfer: { ratio: 0.81 },
        time_total: { ratio: 0.75, low: 0.72, high: 0.78 },
      },
      failure_difference: { estimate: -0.025, low: -0.1, high: 0.04 },
      drift: { autocorrelation: 0, changed: false },
      event_loop_delay_ms: 0.4,
      plain,
      accelerated,
      attempts,
    },
  ],
  slo: [{ objective: "p95(total) < 300ms", met: false, value: 0.31 }],
};
