import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import type { VerifySettings } from "../../src/core/verify-report";
import { compareRecords, endpointOf, readRecord, recordAddress, writeRecord } from "../../src/verify";
import type { MeasurementRecord } from "../../src/verify";
import { OK, serve } from "./servers";
import type { TestServer } from "./servers";

const SCHEMA = JSON.parse(
  readFileSync(join(__dirname, "../../docs/schemas/verify-record.schema.json"), "utf8"),
) as object;
const validate = new Ajv({ allErrors: true }).compile(SCHEMA);

const servers: TestServer[] = [];
let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "anycast-record-"))));
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await Promise.all(servers.map((one) => one.stop()));
});

async function recorded(ms: number, more = {}): Promise<MeasurementRecord> {
  const one = await serve((socket, count) => {
    if (ms < 0 && count % 2 === 0) socket.resetAndDestroy();
    else setTimeout(() => socket.end(OK), Math.abs(ms));
  });
  servers.push(one);
  const options = { samples: 24, durationMs: 1500, parallel: 8, ...more };
  const record = await recordAddress(endpointOf(`http://127.0.0.1:${one.port}/`, "--url"), options);
  // Other tests at the same time make this machine late, which a test of its own holds.
  return { ...record, head: { ...record.head, event_loop_delay_ms: 0 } };
}

/** The first line of a record, with what decides. */
const headOf = (change = {}): string =>
  `${JSON.stringify({ format: "anycast-verify-record", version: 1, settings: { metric: "time_total", margin: 0, ignore_size: false, ...change } })}\n`;
const ROW = '{"at":1,"pair":0,"side":"plain","vantage":"here","us":{"time_total":1},"status":200,"bytes":2}\n';

describe("a record", () => {
  it("has one line per request, including failures, and reads back unchanged", async () => {
    const record = await recorded(-20);
    const path = join(directory, "one.jsonl");
    writeRecord(path, record);
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(25);
    for (const line of lines) expect([validate(JSON.parse(line)), validate.errors]).toEqual([true, null]);
    expect(readRecord(path)).toEqual(record);
    expect(record.attempts.filter(({ error }) => error?.code === "ConnectionBroken").length).toBeGreaterThan(5);
    expect(record.attempts.map(({ us }) => us.time_connect).every(Number.isInteger)).toBe(true);
  });

  it("from earlier can be compared with a later one", async () => {
    const report = compareRecords(await recorded(120), await recorded(30));
    expect(report.verdict).toBe("faster");
    expect(report.sentence).toMatch(/^Access is now \d+ % faster/);
    expect(report.vantages[0]).toMatchObject({ pairs: 24, plain: { succeeded: 24 }, accelerated: { succeeded: 24 } });
    const worse = compareRecords(await recorded(30), await recorded(-5));
    expect(worse.verdict).not.toBe("faster");
    expect(worse.vantages[0]?.reasons[0]?.code).toBe("FailsMore");
  });

  it("of the same address can be compared with itself, without a difference", async () => {
    const record = await recorded(40);
    const { verdict, sentence } = compareRecords(record, record);
    expect([verdict, sentence]).toEqual([
      "no difference",
      "Access does not differ from before (24 pairs of requests).",
    ]);
  });

  it.each<[string, Partial<VerifySettings>]>([
    ["another number of pairs", { samples: 25 }],
    ["another method", { method: "HEAD" }],
    ["other headers", { headers: ["x-token"] }],
    ["another margin", { margin: 0.1 }],
    ["another Host header", { host: "www.example.com" }],
    ["a simulated network", { network: "sandbox" }],
  ])("is not compared with one of %s", async (_what, change) => {
    const record = await recorded(0, { samples: 2, durationMs: 10 });
    const other = { ...record, head: { ...record.head, settings: { ...record.head.settings, ...change } } };
    expect(() => compareRecords(record, other)).toThrow(
      expect.objectContaining({
        code: "RecordsDiffer",
        message: expect.stringContaining(Object.keys(change)[0]!),
      }) as Error,
    );
  });

  it("excludes the warm-up, and can be compared with one of another host, but not of another path", async () => {
    const record = await recorded(0, { samples: 2, durationMs: 10, warmup: 3 });
    expect([record.attempts.length, servers.at(-1)!.requests.length]).toEqual([2, 5]);
    const asked = (url: string): MeasurementRecord => ({ ...record, head: { ...record.head, plain: { url } } });
    const compare = (url: string) => (): unknown => compareRecords(asked("http://a.test/x"), asked(url));
    expect(compare("http://b.test:81/x")).not.toThrow();
    for (const url of ["http://a.test/y", "https://a.test/x"])
      expect(compare(url)).toThrow(expect.objectContaining({ code: "RecordsDiffer" }) as Error);
  });

  it("of a machine that was too busy gives an inconclusive verdict", async () => {
    const [slow, quick] = [await recorded(120), await recorded(30)];
    const busy = { ...quick, head: { ...quick.head, event_loop_delay_ms: 500 } };
    const report = compareRecords(slow, busy);
    expect([report.verdict, report.vantages[0]?.reasons[0]?.code]).toEqual(["inconclusive", "ClientBusy"]);
  });

  it("is not compared with one from another location, nor by a side that it does not have", async () => {
    const record = await recorded(0, { samples: 2, durationMs: 10 });
    const moved = { ...record, attempts: record.attempts.map((one) => ({ ...one, vantage: "elsewhere" })) };
    expect(() => compareRecords(record, moved)).toThrow(expect.objectContaining({ code: "RecordsDiffer" }) as Error);
    expect(() => compareRecords(record, record, { side: "accelerated" })).toThrow(
      expect.objectContaining({ code: "SideMissing" }) as Error,
    );
  });

  it.each([
    ["nothing", ""],
    ["not JSON", "hello\n"],
    ["another document", '{"version":1}\n{}\n'],
    ["a header line only", '{"format":"anycast-verify-record","version":1,"settings":{}}\n'],
    ["a later version", '{"format":"anycast-verify-record","version":2,"settings":{}}\n{"us":{}}\n'],
    ["settings that allow no verdict", `${headOf({ metric: "speed" })}${ROW}`],
    ["an invalid margin", `${headOf({ margin: 1 })}${ROW}`],
    ["a row that was changed", `${headOf()}${ROW}${ROW.replace('"time_total":1', '"time_total":"1"')}`],
    ["an answer without a status", `${headOf()}${ROW.replace('"status":200,', "")}`],
    ["a size that is a string", `${headOf()}${ROW.replace('"bytes":2', '"bytes":"2"')}`],
  ])("is refused when it is %s", (_what, text) => {
    const path = join(directory, "bad.jsonl");
    writeFileSync(path, `${headOf()}${ROW}`);
    expect(readRecord(path).attempts).toHaveLength(1);
    writeFileSync(path, text);
    expect(() => readRecord(path)).toThrow(expect.objectContaining({ code: "RecordNotReadable" }) as Error);
  });
});
