import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { endpointOf, neverAnswered, parseVantage, watch } from "../../src/verify";
import { watchSide } from "../../src/verify/watch-side";
import { renderWatchMarkdown, renderWatchText } from "../../src/report/verify";
import { OK, serve } from "./servers";

const schema = JSON.parse(
  readFileSync(join(__dirname, "../../docs/schemas/watch-report.schema.json"), "utf8"),
) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);

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
    ["in any order of responses", [answered(600), answered(0), lost(200)], { longest_gap_ms: 600 }],
    [
      "until the end",
      [answered(0), lost(200), lost(400)],
      { first_failure: 200, last_failure: 400, longest_gap_ms: 400 },
    ],
    ["throughout", [lost(0), lost(200)], { lost: 2, longest_gap_ms: 200 }],
    ["without requests", [], { requests: 0, lost: 0, longest_gap_ms: 0 }],
  ])("is reported: %s", (_what, measured, wanted) => {
    expect(watchSide(endpoint, measured)).toMatchObject(wanted);
  });
});

describe("watching both addresses", () => {
  it("sees an interruption of one of them, by the start times of its requests", async () => {
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
    expect(validate(report)).toBe(true);
    const { sides, attempts, vantage } = report.vantages[0]!;
    const { plain, accelerated } = sides;
    expect([vantage, attempts.length]).toEqual(["here", plain.requests + accelerated.requests]);
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

  it("waits for requests in progress when it is stopped, and counts their results", async () => {
    const slow = await serve((socket) => void setTimeout(() => socket.end(OK), 400));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const at = endpointOf(`http://127.0.0.1:${slow.port}/`, "--plain");
    const report = await watch({ plain: at, accelerated: at, signal: stop.signal });
    await slow.stop();
    const { plain } = report.vantages[0]!.sides;
    expect(plain).toMatchObject({ lost: 0 });
    expect(plain.requests).toBeGreaterThan(0);
  });

  it("runs from several locations at once, and one that fails does not hide the results of the others", async () => {
    const one = await serve((socket) => socket.end(OK));
    const at = endpointOf(`http://127.0.0.1:${one.port}/`, "--plain");
    const gone = parseVantage("ssh:127.0.0.1:1");
    const places = [{ vantage: "here" }, { vantage: gone.name, remote: gone }];
    const never = new AbortController().signal;
    const report = await watch({ plain: at, accelerated: at, durationMs: 400, rate: 10, places, signal: never });
    await one.stop();
    expect(validate(report)).toBe(true);
    const [here, there] = report.vantages;
    expect(here!.sides.plain).toMatchObject({ requests: 4, lost: 0 });
    expect(there).toMatchObject({ vantage: "ssh:127.0.0.1:1", error: { code: "VantageFailed" }, attempts: [] });
    expect(neverAnswered(report)).toBe(true);
    expect(renderWatchText(report)).toMatch(/^From here:\nThe plain address answered all of 4 requests\.\n/);
    expect(renderWatchMarkdown(report)).toMatch(/### From ssh[^]*Nothing can be measured from ssh/);
  });

  it("is refused from a location with limited requests", async () => {
    const remote = parseVantage("globalping:London");
    const refused = watch({ plain: endpoint, accelerated: endpoint, remote, signal: new AbortController().signal });
    await expect(refused).rejects.toMatchObject({ code: "OptionInvalid" });
  });
});
