import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One run of a program, from its start to its end. */
export interface Run {
  /** Processor time, user and system, in milliseconds; what else the machine does hardly changes it. */
  readonly cpuMs: number;
  /** Most memory it had resident, in MB. */
  readonly megabytes: number;
  /** Null when it took longer than it was given. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIME = "/usr/bin/time";

/** Runs a command by GNU time, which has to be installed. */
export function measure(command: readonly string[], timeoutMs: number, env: NodeJS.ProcessEnv = process.env): Run {
  const directory = mkdtempSync(join(tmpdir(), "anycast-bench-"));
  const figures = join(directory, "figures");
  try {
    const seconds = String(Math.ceil(timeoutMs / 1000));
    // GNU timeout ends the program itself; ending GNU time would leave it running.
    const timed = ["-q", "-f", "%U %S %M", "-o", figures, "timeout", "-s", "KILL", seconds, ...command];
    const run = spawnSync(TIME, timed, { encoding: "utf8", env, maxBuffer: 1024 * 1024 * 1024 });
    if (run.error !== undefined) throw run.error;
    const last = readFileSync(figures, "utf8").trim().split("\n").at(-1)!;
    const [user = 0, system = 0, kilobytes = 0] = last.split(" ").map(Number);
    const killed = run.status === 137 || run.status === 124;
    return {
      cpuMs: Math.round((user + system) * 1000),
      megabytes: Math.round(kilobytes / 1024),
      exitCode: killed ? null : run.status,
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
