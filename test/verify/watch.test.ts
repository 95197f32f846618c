import { endpointOf, watch } from "../../src/verify";
import { watchSide } from "../../src/verify/watch";
import { renderWatchMarkdown, renderWatchText } from "../../src/report/verify";
import { OK, serve } from "./servers";

const endpoint = endpointOf("http://203.0.113.7/", "--plain");
const answered = (at: number): Parameters<typeof watchSide>[1][number] => ({ at, us: {}, status: 200 });
const lost = (at: number): Parameters<typeof watchSide>[1][number] => ({
  at,
  us: {},
  error: { code: "TimedOut", message: "" },
});

describe("how an address was interrupted", () => {
  it.each([
    ["not at all", [answered(0), answered(200), answered(400)], { requests: 3, lost: 0, longest_gap_ms: 200 }],
    [
      "for a moment",
      [answered(0), lost(200), lost(400), answered(600), answered(800)],
      {
        lost: 2,
        first_failure: 200,
        last_failure: 400,
        longest_gap_ms: 600,
        failures: [{ code: "TimedOut", count: 2 }],
      },
    ],
    [
      "in what order the answers came makes no difference",
      [answered(600), answered(0), lost(200)],
      { longest_gap_ms: 600 },
    ],
    ["to the end", [answered(0), lost(200), lost(400)], { first_failure: 200, last_failure: 400, longest_gap_ms: 400 }],
    ["all the while", [lost(0), lost(200)], { lost: 2, longest_gap_ms: 200 }],
    ["not asked at all", [], { requests: 0, lost: 0, longest_gap_ms: 0 }],
  ])("is told: %s", (_what, measured, wanted) => {
    expect(watchSide(endpoint, measured)).toMatchObject(wanted);
  });
});

describe("watching both addresses", () => {
  it("sees an interruption of one of them, by when its requests began", async () => {
    let [from, to] = [Infinity, Infinity];
    const steady = await serve((socket) => socket.end(OK));
    const interrupted = await serve((socket) => {
      const now = performance.now();
      if (now > from && now < to) socket.resetAndDestroy();
      else socket.end(OK);
    });
    const begun = performance.now();
    [from, to] = [begun + 1000, begun + 1800];
    const at = (port: number): ReturnType<typeof endpointOf> => endpointOf(`http://127.0.0.1:${port}/`, "--plain");
    const report = await watch({
      plain: at(steady.port),
      accelerated: at(interrupted.port),
      durationMs: 3500,
      rate: 20,
      signal: new AbortController().signal,
    });
    await Promise.all([steady.stop(), interrupted.stop()]);
    const { plain, accelerated } = report.sides;
    expect([plain.lost, plain.requests > 30]).toEqual([0, true]);
    expect(accelerated.lost).toBeGreaterThanOrEqual(5);
    expect(accelerated.lost).toBeLessThanOrEqual(20);
    expect(accelerated.longest_gap_ms).toBeGreaterThanOrEqual(700);
    expect(accelerated.longest_gap_ms).toBeLessThan(2000);
    expect(accelerated.last_failure! - accelerated.first_failure!).toBeLessThan(1000);
    expect(accelerated.failures).toEqual([{ code: "ConnectionBroken", count: accelerated.lost }]);
    expect(renderWatchText(report)).toMatch(
      /^The plain address answered all of \d+ requests\.\nThe accelerated address lost \d+ of \d+ requests between \S+ and \S+ UTC; its longest gap was \d+ ms\.\n$/,
    );
    expect(renderWatchMarkdown(report)).toMatch(/\| accelerated \| \d+ of \d+ \| [\d:.]+ \| [\d:.]+ \| \d+ ms \|/);
  });

  it("waits for what is under way when it is stopped, and counts it for what it is", async () => {
    const slow = await serve((socket) => void setTimeout(() => socket.end(OK), 400));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const at = endpointOf(`http://127.0.0.1:${slow.port}/`, "--plain");
    const report = await watch({ plain: at, accelerated: at, signal: stop.signal });
    await slow.stop();
    expect(report.sides.plain).toMatchObject({ lost: 0 });
    expect(report.sides.plain.requests).toBeGreaterThan(0);
  });
});
