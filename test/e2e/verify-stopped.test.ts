import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { VerifyReport } from "../../src/core/verify-report";
import { REPOSITORY } from "../support/cloud-project";
import { OK, serve } from "../verify/servers";

describe("anycast verify that is stopped", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("by %s prints the results so far, and exits 2", async (signal) => {
    const directory = mkdtempSync(join(tmpdir(), "anycast-stopped-"));
    let kill = (): void => undefined;
    const plain = await serve((socket) => void setTimeout(() => socket.end(OK), 5));
    const accelerated = await serve((socket, count) => {
      socket.end(OK);
      if (count === 6) kill();
    });
    const url = ({ port }: typeof plain): string => `http://127.0.0.1:${port}/`;
    const record = join(directory, "record.jsonl");
    const ended = await run(
      join(REPOSITORY, "bin/anycast"),
      ["verify", "--plain", url(plain), "--accelerated", url(accelerated), "--format", "json", "--record", record],
      { cwd: directory, onSpawn: (_pid, end) => (kill = () => end(signal)) },
    );
    await Promise.all([plain.stop(), accelerated.stop()]);
    const lines = readFileSync(record, "utf8").trimEnd().split("\n");
    rmSync(directory, { recursive: true });
    const report = JSON.parse(ended.stdout.toString()) as VerifyReport;
    expect(report).toMatchObject({
      interrupted: true,
      verdict: "inconclusive",
      vantages: [{ verdict: "inconclusive" }],
    });
    expect(report.vantages[0]!.reasons.map(({ code }) => code)).toEqual(["Interrupted"]);
    expect(report.vantages[0]!.pairs).toBeGreaterThanOrEqual(4);
    expect(lines).toHaveLength(1 + report.vantages[0]!.attempts.length);
    expect(ended.exitCode).toBe(2);
  });

  test("has records that verify compare can read", async () => {
    const directory = mkdtempSync(join(tmpdir(), "anycast-before-"));
    const anycast = (...args: string[]): ReturnType<typeof run> =>
      run(join(REPOSITORY, "bin/anycast"), ["verify", ...args], { cwd: directory });
    let ms = 120;
    const one = await serve((socket) => void setTimeout(() => socket.end(OK), ms));
    const options = ["--url", `http://127.0.0.1:${one.port}/`, "-n", "20", "--duration", "1s", "--parallel", "4"];
    const before = await anycast("record", "before.json", ...options);
    ms = 20;
    const after = await anycast("record", "after.json", ...options);
    const compared = await anycast("compare", "before.json", "after.json", "--fail-on", "slower,errors");
    const turned = await anycast("compare", "after.json", "before.json", "--fail-on", "slower,errors");
    await one.stop();
    rmSync(directory, { recursive: true });
    expect([before.exitCode, after.exitCode, compared.exitCode, turned.exitCode]).toEqual([0, 0, 0, 1]);
    expect(compared.stdout.toString()).toMatch(/Access is now \d+ % faster/);
  });
});
