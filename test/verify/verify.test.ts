import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { AnycastEvent } from "../../src/core/events";
import { endpointOf, verify } from "../../src/verify";
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
async function answering(delayMs: (count: number) => number): Promise<TestServer> {
  const one = await serve((socket, count) => {
    const ms = delayMs(count);
    if (ms < 0) socket.resetAndDestroy();
    else setTimeout(() => socket.write(OK), ms);
  });
  servers.push(one);
  return one;
}

const url = (port: number): string => `http://127.0.0.1:${port}/`;
const between = (plain: number, accelerated: number, more: Partial<VerifyOptions> = {}): ReturnType<typeof verify> =>
  verify({
    plain: endpointOf(url(plain), "--plain"),
    accelerated: endpointOf(url(accelerated), "--accelerated"),
    ...more,
  });

describe("the comparison of plain and accelerated access", () => {
  it.each([
    ["faster", 60, 20, {}],
    ["not-faster", 20, 60, {}],
    ["not-faster", 60, 20, { threshold: 0.9 }],
    ["not-faster", 60, 20, { metric: "time_connect", threshold: 0.99 }],
  ] as const)("says %s for %d ms and %d ms (%p)", async (verdict, plainMs, acceleratedMs, more) => {
    const [plain, accelerated] = [await answering(() => plainMs), await answering(() => acceleratedMs)];
    const report = await between(plain.port, accelerated.port, { rounds: 4, ...more });
    expect(report).toMatchObject({ version: 1, verdict, sandbox: false, rounds: 4, warmup: 1 });
    expect(report.plain).toMatchObject({ url: url(plain.port), succeeded: 4, failed: 0, failures: [] });
    expect(report.plain.timings.time_total?.median).toBeGreaterThan(plainMs / 1000 - 0.005);
    expect(report.ratio).toBeCloseTo(
      (report.accelerated.timings[report.metric]?.median ?? NaN) / (report.plain.timings[report.metric]?.median ?? NaN),
      10,
    );
    expect(validate(report)).toBe(true);
  });

  it("asks both in turns, the second round the other way around, and does not count the warm-up", async () => {
    const order: string[] = [];
    const named = (name: string): Promise<TestServer> =>
      answering((count) => {
        order.push(name + count);
        return 0;
      });
    const [plain, accelerated] = [await named("p"), await named("a")];
    const report = await between(plain.port, accelerated.port, { rounds: 3, warmup: 2 });
    expect(order).toEqual(["p1", "a1", "p2", "a2", "p3", "a3", "a4", "p4", "p5", "a5"]);
    expect(report.plain.samples).toHaveLength(3);
  });

  it("makes rounds at the same time when asked to, and never more than asked for", async () => {
    let [open, most] = [0, 0];
    const counting = (): Promise<TestServer> =>
      answering(() => {
        most = Math.max(most, ++open);
        setTimeout(() => open--, 35);
        return 40;
      });
    const [plain, accelerated] = [await counting(), await counting()];
    const events: AnycastEvent[] = [];
    const report = await between(plain.port, accelerated.port, {
      rounds: 8,
      warmup: 0,
      parallel: 4,
      emit: (event) => events.push(event),
    });
    expect(report.accelerated.succeeded).toBe(8);
    expect(most).toBe(4);
    expect(events).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((done) => ({ type: "progress", step: "verify", done, total: 8 })),
    );
  });

  it("counts what failed and compares the rest", async () => {
    const [plain, accelerated] = [await answering((n) => (n === 2 ? -1 : 60)), await answering(() => 10)];
    const report = await between(plain.port, accelerated.port, { rounds: 4, warmup: 0 });
    expect(report).toMatchObject({
      verdict: "faster",
      plain: { succeeded: 3, failed: 1, failures: [{ code: "ConnectionBroken", count: 1 }] },
    });
    expect(validate(report)).toBe(true);
  });

  it("does not compare when half of the requests to one side fail", async () => {
    const [plain, accelerated] = [await answering(() => 20), await answering((n) => (n % 2 === 0 ? 0 : -1))];
    const report = await between(plain.port, accelerated.port, { rounds: 4, warmup: 0 });
    expect(report).toMatchObject({ verdict: "unreachable", accelerated: { succeeded: 2, failed: 2 } });
    expect(report).not.toHaveProperty("ratio");
    expect(validate(report)).toBe(true);
  });

  it("gives a side up that never answers, without asking for ever", async () => {
    const plain = await answering(() => 0);
    const report = await between(plain.port, await deadPort(), { rounds: 1000 });
    expect(report).toMatchObject({
      verdict: "unreachable",
      accelerated: { succeeded: 0, failed: 3, timings: {}, failures: [{ code: "ConnectionRefused", count: 3 }] },
    });
    expect(validate(report)).toBe(true);
  });

  it("waits for an address that is not there yet", async () => {
    const [plain, accelerated] = [await answering(() => 30), await answering((n) => (n <= 2 ? -1 : 0))];
    const report = await between(plain.port, accelerated.port, { rounds: 3, warmup: 0, waitMs: 10_000 });
    expect(report).toMatchObject({ verdict: "faster", accelerated: { succeeded: 3, failed: 0 } });
    expect(accelerated.requests.length).toBe(6);
  });

  it.each([{ waitMs: 60_000 }, { rounds: 1000, warmup: 0 }])("stops when it is told to (%p)", async (more) => {
    const [plain, accelerated] = [await answering((n) => (n > 1 ? 5 : -1)), await answering(() => 5)];
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(between(plain.port, accelerated.port, { ...more, signal: stop.signal })).rejects.toMatchObject({
      code: "Aborted",
    });
  });
});

describe("the schema of the report", () => {
  it.each([
    [{ verdict: "faster", ratio: undefined }],
    [{ verdict: "unreachable" }],
    [{ version: 2 }],
    [{ more: 1 }],
    [{ plain: {} }],
  ])("refuses a report changed by %p", async (change) => {
    const [plain, accelerated] = [await answering(() => 5), await answering(() => 0)];
    const report = await between(plain.port, accelerated.port, { rounds: 1, warmup: 0 });
    expect(validate(report)).toBe(true);
    expect(validate(JSON.parse(JSON.stringify({ ...report, ...change })))).toBe(false);
  });
});
