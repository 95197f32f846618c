import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One run of a program, from its start to its end. */
export interface Run {
  readonly ms: number;
  /** Most memory it had resident, in MB; undefined where `/usr/bin/time` is not installed. */
  readonly megabytes: number | undefined;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIME = "/usr/bin/time";

export function measure(command: readonly string[], timeoutMs: number, env: NodeJS.ProcessEnv = process.env): Run {
  const directory = mkdtempSync(join(tmpdir(), "anycast-bench-"));
  const memory = join(directory, "memory");
  try {
    const timed = existsSync(TIME) ? [TIME, "-q", "-f", "%M", "-o", memory, ...command] : [...command];
    const began = process.hrtime.bigint();
    const run = spawnSync(timed[0]!, timed.slice(1), {
      encoding: "utf8",
      env,
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      maxBuffer: 1024 * 1024 * 1024,
    });
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    const kilobytes = existsSync(memory) ? Number(readFileSync(memory, "utf8").trim().split("\n").at(-1)) : NaN;
    return {
      ms,
      megabytes: Number.isFinite(kilobytes) ? Math.round(kilobytes / 1024) : undefined,
      exitCode: run.status,
      stdout: run.stdout,
      stderr: run.stderr,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
