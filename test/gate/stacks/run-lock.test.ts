import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { processIdentityOf } from "../../../src/core/process-identity";
import { takeRunLock } from "../../../src/gate/stacks/run-lock";

describe("the lock of a run", () => {
  let outdir: string;
  let path: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "anycast-lock-"));
    path = join(outdir, "anycast-run.json");
  });
  afterEach(() => rmSync(outdir, { recursive: true, force: true }));
  const other = processIdentityOf(process.ppid);
  const write = (mark: object, silentFor = 0): void => {
    writeFileSync(path, JSON.stringify({ since: "2026-01-01T00:00:00Z", applying: ["it"], ...mark }));
    const seen = Date.now() / 1000 - silentFor;
    utimesSync(path, seen, seen);
  };

  test("records the process that holds it, its start time and its container", () => {
    const lock = takeRunLock(outdir);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject(processIdentityOf(process.pid));
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  const ELSEWHERE = { ...other, host: `not-${hostname()}`, space: "another machine's start" };
  test.each<[string, object, number, boolean]>([
    ["of a process that is running", other, 0, false],
    ["of a process whose id was reused", { ...other, began: "1" }, 0, true],
    ["of a process that has ended", { ...other, pid: 2 ** 22 + 1 }, 0, true],
    ["of another container with a recent heartbeat", ELSEWHERE, 20, false],
    ["of another container without a heartbeat for ten minutes", ELSEWHERE, 600, true],
    ["of another container of the same name", { ...ELSEWHERE, host: hostname() }, 20, false],
    ["of a version that recorded only the host, still running", { host: hostname(), pid: process.ppid }, 0, false],
    ["of a version that recorded only the host, on a machine that is gone", { host: "ci-1", pid: 1 }, 600, true],
  ])("%s", (_what, mark, silentFor, isFree) => {
    write(mark, silentFor);
    if (!isFree) return expect(() => takeRunLock(outdir)).toThrow(expect.objectContaining({ code: "AnotherRun" }));
    const lock = takeRunLock(outdir);
    expect(lock.abandoned?.applying).toEqual(["it"]);
    lock.release();
  });

  test("is held by exactly one of several runs that start at the same moment", async () => {
    const program = join(__dirname, "../../support/run-lock-process.ts");
    const args = ["--import", require.resolve("tsx"), program, outdir, "2000"];
    const ended = await Promise.all(Array.from({ length: 6 }, () => run(process.execPath, args)));
    const told = ended.map(({ stdout, stderr }) => stdout.toString() || stderr.toString());
    const counts = told.map((text) => JSON.parse(text) as { taken: number; shared: number });
    expect(counts.map(({ shared }) => shared)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(counts.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(50);
    expect(readdirSync(outdir)).toEqual([]);
  });

  test.each(["", "null", "[]", '{"host":"x"', ...[0, -1, 1.5].map((pid) => JSON.stringify({ ...other, pid }))])(
    "that names no process is replaced: %s",
    (text) => {
      writeFileSync(path, text);
      takeRunLock(outdir).release();
      expect(readdirSync(outdir)).toEqual([]);
    },
  );

  test("that cannot be read counts as another run's", () => {
    mkdirSync(path);
    expect(() => takeRunLock(outdir)).toThrow(expect.objectContaining({ code: "AnotherRun" }));
    expect(existsSync(path)).toBe(true);
  });

  test("of another container is reported with the time since its last heartbeat, and when it counts as ended", () => {
    write(ELSEWHERE, 40);
    expect(() => takeRunLock(outdir)).toThrow(/counts as dead when it has shown nothing for 5 minutes \(now 4\d s\)/);
  });
});
