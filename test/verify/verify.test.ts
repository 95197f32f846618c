import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { AnycastEvent } from "../../src/core/events";
import type { VantageReport, VerifyReport } from "../../src/core/verify-report";
import { endpointOf, parseObjective, verify } from "../../src/verify";
import type { VerifyOptions } from "../../src/verify";
import { deadPort, OK, serve } from "./servers";
import type { TestServer } from "./servers";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

const schema = JSON.parse(
  readFileSync(join(__dirname, "../../docs/schemas/verify-report.schema.json"), "utf8"),
) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);

/** A server that answers its n-th request after `delayMs(n)`, with an error when that is negative. */
async function answering(
  delayMs: (count: number) => number,
  answer: string | (() => string) = OK,
): Promise<TestServer> {
  const one = await serve((socket, count) => {
    const ms = delayMs(count);
    if (ms < 0) socket.resetAndDestroy();
    // A server that hangs must not keep the tests from ending.
    else setTimeout(() => socket.write(typeof answer === "string" ? answer : answer()), ms).unref();
  });
  servers.push(one);
  return one;
}

const url = (port: number): string => `http://127.0.0.1:${port}/`;
const between = (plain: number, accelerated: number, more: Partial<VerifyOptions> = {}): Promise<VerifyReport> =>
  verify({
    plain: endpointOf(url(plain), "--plain"),
    accelerated: endpointOf(url(accelerated), "--accelerated"),
    samples: 20,
    durationMs: 500,
    parallel: 5,
    ...more,
  });
const only = ({ vantages }: VerifyReport): VantageReport => vantages[0]!;
const codes = (report: VerifyReport): string[] => only(report).reasons.map(({ code }) => code);

describe("the comparison of plain and accelerated access", () => {
  it.each([
    ["faster", 200, 60],
    ["slower", 60, 200],
  ] as const)("reports %s for %d ms and %d ms", async (verdict, plainMs, acceleratedMs) => {
    const [plain, accelerated] = [await answering(() => plainMs), await answering(() => acceleratedMs)];
    const report = await between(plain.port, accelerated.port);
    expect(report).toMatchObject({ version: 2, verdict, sandbox: false, interrupted: false });
    expect(report.plain).toEqual({ url: url(plain.port) });
    const { plain: side, effect, pairs } = only(report);
    expect(side).toMatchObject({ succeeded: 20, failed: 0, failures: [], statuses: [200], sizes: [2] });
    expect(side.timings.time_total?.median).toBeGreaterThan(plainMs / 1000 - 0.005);
    expect(pairs).toBe(20);
    expect(effect.time_total?.ratio).toBeCloseTo(acceleratedMs / plainMs, verdict === "faster" ? 0 : -1);
    expect(report.sentence).toMatch(new RegExp(`^Accelerated access is \\d+ % ${verdict} \\(\\d+ to \\d+ %, 20 pairs`));
    expect(validate(report)).toBe(true);
  });

  it("is inconclusive with fewer than 20 pairs", async () => {
    const [plain, accelerated] = [await answering(() => 80), await answering(() => 0)];
    const report = await between(plain.port, accelerated.port, { samples: 10, durationMs: 100 });
    expect([report.verdict, codes(report)]).toEqual(["inconclusive", ["TooFewPairs"]]);
    expect(validate(report)).toBe(true);
  });

  it("refuses the same address on both sides, also with two names", async () => {
    const one = await answering(() => 0);
    await expect(between(one.port, one.port)).rejects.toMatchObject({ code: "SameAddress" });
    const named = (host: string): Promise<VerifyReport> =>
      verify({
        plain: endpointOf(url(one.port), "--plain"),
        accelerated: endpointOf(`http://${host}:${one.port}/`, "--accelerated"),
      });
    for (const host of ["localhost", "[::ffff:127.0.0.1]", "0.0.0.0"])
      await expect(named(host)).rejects.toMatchObject({ code: "SameAddress" });
    expect(one.requests).toEqual([]);
  });

  it.each([
    ["resets 4 of 10", (n: number) => (n % 10 < 4 ? -1 : 10), "FailsMore"],
    ["hangs on 4 of 10", (n: number) => (n % 10 < 4 ? 60_000 : 10), "FailsMore"],
  ])("never calls an accelerated address faster that %s requests", async (_what, delay, code) => {
    const [plain, accelerated] = [await answering(() => 60), await answering(delay)];
    const report = await between(plain.port, accelerated.port, { timeoutMs: 300 });
    expect(report.verdict).not.toBe("faster");
    expect(codes(report)).toContain(code);
    expect(only(report).accelerated).toMatchObject({ succeeded: 12, failed: 8 });
  });

  it("never calls an accelerated address faster that answers 503 to 2 of 10 requests", async () => {
    let count = 0;
    const unwell = (): string => (count++ % 10 < 2 ? "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n" : OK);
    const [plain, accelerated] = [await answering(() => 60), await answering(() => 5, unwell)];
    const report = await between(plain.port, accelerated.port, { warmup: 0, parallel: 1 });
    expect([report.verdict, codes(report)[0]]).toEqual(["inconclusive", "FailsMore"]);
    expect(only(report).accelerated.failures).toMatchObject([{ code: "UnexpectedStatus", count: 4 }]);
  });

  it.each([
    ["a redirect", "HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nok", "StatusDiffers"],
    ["a small page", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "SizeDiffers"],
  ])("does not compare a page with %s", async (_what, answer, code) => {
    const [plain, accelerated] = [await answering(() => 60), await answering(() => 0, answer)];
    const report = await between(plain.port, accelerated.port);
    expect([report.verdict, codes(report)]).toEqual(["inconclusive", [code]]);
    expect(validate(report)).toBe(true);
  });

  it.each(["node", "curl"] as const)(
    "does not compare a page with a small one by HEAD, asked by %s",
    async (engine) => {
      const announcing = (bytes: number): string => `HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`;
      const [plain, accelerated] = [
        await answering(() => 60, announcing(1e6)),
        await answering(() => 0, announcing(3)),
      ];
      const report = await between(plain.port, accelerated.port, { method: "HEAD", engine });
      expect([report.verdict, codes(report)]).toEqual(["inconclusive", ["SizeDiffers"]]);
      expect(only(report)).toMatchObject({ plain: { sizes: [1e6] }, accelerated: { sizes: [3] } });
      expect(validate(report)).toBe(true);
    },
  );

  it("makes all pairs where there is an objective: errors may come after the times are beyond doubt", async () => {
    const measured = async (more: Partial<VerifyOptions>): Promise<VerifyReport> => {
      const [plain, accelerated] = [await answering(() => 60), await answering((n) => (n > 25 ? -1 : 0))];
      return between(plain.port, accelerated.port, { samples: 30, durationMs: 6000, warmup: 0, parallel: 1, ...more });
    };
    const [calm, wanted] = await Promise.all([measured({}), measured({ slo: [parseObjective("errors < 1%")] })]);
    expect([calm.verdict, only(calm).pairs]).toEqual(["faster", 20]);
    expect([only(wanted).pairs, wanted.slo[0]?.met]).toEqual([30, false]);
  });

  it("sends requests in a random order that the seed fixes, and excludes the warm-up", async () => {
    const orderOf = async (seed: number): Promise<string> => {
      let order = "";
      const named = (name: string): Promise<TestServer> => answering(() => ((order += name), 0));
      const [plain, accelerated] = [await named("p"), await named("a")];
      const more = { samples: 16, durationMs: 50, warmup: 2, parallel: 1, seed };
      expect(only(await between(plain.port, accelerated.port, more)).attempts).toHaveLength(32);
      return order;
    };
    const [first, again, other] = [await orderOf(3), await orderOf(3), await orderOf(4)];
    expect(first).toHaveLength(36);
    expect(first.slice(0, 4)).toBe("papa");
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(new Set(first.slice(4).match(/../g))).toEqual(new Set(["pa", "ap"]));
  });

  it("spreads the pairs over the duration", async () => {
    const [plain, accelerated] = [await answering(() => 0), await answering(() => 0)];
    const { attempts } = only(await between(plain.port, accelerated.port, { samples: 8, durationMs: 1600 }));
    const begun = attempts.map(({ at }) => at);
    expect(Math.max(...begun) - Math.min(...begun)).toBeGreaterThan(1000);
  });

  it("ends after its duration, but not before 20 pairs", async () => {
    const [plain, accelerated] = [await answering(() => 20), await answering(() => 20)];
    const report = await between(plain.port, accelerated.port, { samples: 1000, durationMs: 200, parallel: 1 });
    expect(only(report).pairs).toBeGreaterThanOrEqual(20);
    expect(only(report).pairs).toBeLessThan(30);
  });

  it("measures pairs concurrently on request, never more than the limit, and reports progress", async () => {
    let [open, most] = [0, 0];
    const counting = (): Promise<TestServer> =>
      answering(() => {
        most = Math.max(most, ++open);
        setTimeout(() => open--, 35);
        return 40;
      });
    const [plain, accelerated] = [await counting(), await counting()];
    const events: AnycastEvent[] = [];
    const more = {
      samples: 8,
      durationMs: 10,
      warmup: 0,
      parallel: 4,
      emit: (event: AnycastEvent) => events.push(event),
    };
    const report = await between(plain.port, accelerated.port, more);
    expect(only(report).accelerated.succeeded).toBe(8);
    expect(most).toBe(4);
    const progress = events.filter(({ type }) => type === "progress");
    expect(progress.map((event) => "done" in event && event.done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(progress.at(-1)).toMatchObject({ total: 8, medians: { plain: expect.any(Number) as number } });
    expect(events.at(-1)).toMatchObject({ type: "verdict", report: { verdict: report.verdict } });
    expect(JSON.stringify(events.at(-1))).not.toContain("attempts");
  });

  it("stops measuring a side that never answers", async () => {
    const plain = await answering(() => 0);
    const report = await between(plain.port, await deadPort(), { samples: 1000, parallel: 1 });
    expect([report.verdict, codes(report)]).toEqual(["inconclusive", ["NeverAnswers"]]);
    expect(only(report).accelerated).toMatchObject({
      succeeded: 0,
      failed: 8,
      timings: {},
      failures: [{ code: "ConnectionRefused", count: 8 }],
    });
    expect(validate(report)).toBe(true);
  });

  it("waits for an address that does not answer yet", async () => {
    const [plain, accelerated] = [await answering(() => 100), await answering((n) => (n <= 2 ? -1 : 0))];
    const report = await between(plain.port, accelerated.port, { warmup: 0, waitMs: 10_000 });
    expect(report.verdict).toBe("faster");
    expect(only(report).accelerated).toMatchObject({ succeeded: 20, failed: 0 });
    expect(accelerated.requests.length).toBe(23);
  });

  it("stops on request, and reports the results so far", async () => {
    const [plain, accelerated] = [await answering(() => 5), await answering(() => 5)];
    const stop = new AbortController();
    const emit = (event: AnycastEvent): void => void (event.type === "progress" && event.done === 3 && stop.abort());
    const more = { samples: 1000, durationMs: 60_000, parallel: 1, signal: stop.signal, emit };
    const report = await between(plain.port, accelerated.port, more);
    expect(report).toMatchObject({ interrupted: true, verdict: "inconclusive" });
    expect([codes(report), only(report).pairs]).toEqual([["Interrupted"], 3]);
    expect(validate(report)).toBe(true);
  });

  it("stops while it waits, with nothing to report", async () => {
    const [plain, accelerated] = [await answering(() => -1), await answering(() => 5)];
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const report = await between(plain.port, accelerated.port, { waitMs: 60_000, signal: stop.signal });
    expect(report).toMatchObject({ interrupted: true, vantages: [{ pairs: 0, attempts: [] }] });
  });
});

describe("the schema of the report", () => {
  it.each([
    [{ verdict: "unreachable" }],
    [{ version: 1 }],
    [{ more: 1 }],
    [{ plain: {} }],
    [{ settings: {} }],
    [{ vantages: [{}] }],
  ])("refuses a report changed by %p", async (change) => {
    const [plain, accelerated] = [await answering(() => 5), await answering(() => 0)];
    const report = await between(plain.port, accelerated.port, { samples: 1, warmup: 0 });
    expect(validate(report)).toBe(true);
    expect(validate(JSON.parse(JSON.stringify({ ...report, ...change })))).toBe(false);
  });
});
