import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../support/cloud-project";
import { OK, serve } from "../verify/servers";
import type { TestServer } from "../verify/servers";
import { inTerminal } from "./support/terminal";

const COLUMNS = 80;
/** Ends what is written over: back to the first column, and the line is empty. */
const OVER = "\r\u001b[K";

describe("anycast verify in a terminal of 80 columns", () => {
  const servers: TestServer[] = [];
  afterAll(() => Promise.all(servers.map((one) => one.stop())));

  async function answering(ms: number): Promise<string> {
    const one = await serve((socket) => void setTimeout(() => socket.end(OK), ms));
    servers.push(one);
    return `http://127.0.0.1:${one.port}/`;
  }

  async function shown(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
    const { CI: _ci, NO_COLOR: _noColor, ...env } = process.env;
    const terminal = inTerminal(join(REPOSITORY, "bin/anycast"), ["verify", ...args], tmpdir(), env, COLUMNS);
    const code = await terminal.code;
    return { code, output: terminal.output() };
  }

  test("shows progress and the current medians with bars on one line, and clears it at the end", async () => {
    const [plain, accelerated] = [await answering(60), await answering(20)];
    const places = ["--plain", plain, "--accelerated", accelerated];
    const { code, output } = await shown(...places, "-n", "24", "--duration", "2s");
    expect(code).toBe(0);
    const [before, ...written] = output.split(OVER);
    expect(before).toBe("");
    const progress = written.slice(0, -1).filter((line) => line !== "");
    expect(progress.length).toBeGreaterThanOrEqual(20);
    for (const line of progress) {
      expect(line).toMatch(/^\d+\/24 plain █{10} \d+ ms accelerated █{1,9} (\d+|\d\.\d) ms$/);
      expect([...line].length).toBeLessThan(COLUMNS);
    }
    // What stays is the report alone, no line of it wider than the terminal.
    const report = written.at(-1)!.split("\r\n");
    expect(report[0]).toMatch(/^plain +http:/);
    expect(report.join("\n")).toMatch(/\u001b\[32mAccelerated access is \d+ % faster/);
    for (const line of report) expect(line.replace(/\u001b\[\d+m/g, "").length).toBeLessThanOrEqual(COLUMNS);
  });

  test("counts requests and failures with --watch", async () => {
    const [plain, accelerated] = [await answering(0), await answering(0)];
    const places = ["--plain", plain, "--accelerated", accelerated];
    const { code, output } = await shown(...places, "--watch", "--duration", "1s", "--rate", "10");
    expect(code).toBe(0);
    const progress = output.split(OVER).filter((line) => /^\d+ requests 0 failed$/.test(line));
    expect(progress.length).toBeGreaterThanOrEqual(15);
    expect(output.split(OVER).at(-1)).toMatch(/^The plain address answered all of 10 requests\./);
  });
});
