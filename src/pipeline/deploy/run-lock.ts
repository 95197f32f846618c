import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { readRegularText } from "../../core/regular-file";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError, systemCodeOf } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { isAlive } from "../terraform";

/** Written beside the synthesised stacks while a run works on them. */
const NAME = "anycast-run.json";

interface LockContent {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  /** Stacks being applied: what a killed run may have left in the middle. */
  readonly applying: readonly string[];
}

export interface RunLock {
  /** The stacks that a run which was killed was applying. @default none */
  readonly abandoned: LockContent | undefined;
  /** Says which stacks are being applied from now on. */
  applying(stacks: readonly string[]): void;
  release(): void;
}

/**
 * Keeps a second run on this machine out of the same output directory, whose files it would replace under the first,
 * and remembers what a killed run was doing. The state itself is guarded by terraform's own lock.
 * @throws AnycastError `AnotherRun`
 */
export function takeRunLock(outdir: string): RunLock {
  mkdirSync(outdir, { recursive: true });
  const path = join(outdir, NAME);
  const content = (applying: readonly string[]): string =>
    JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString(), applying });
  const abandoned = createLock(path, content([]));
  return {
    abandoned,
    applying: (stacks) => {
      try {
        writeFileAtomic(path, content(stacks));
      } catch {
        // A note for the next run alone: an apply that is done must not count as failed because of it.
      }
    },
    release: () => rmSync(path, { force: true }),
  };
}

function createLock(path: string, content: string): LockContent | undefined {
  let abandoned: LockContent | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, "wx", 0o600);
      try {
        writeSync(file, content);
      } finally {
        closeSync(file);
      }
      return abandoned;
    } catch (thrown) {
      if (systemCodeOf(thrown) !== "EEXIST") throw thrown;
    }
    const other = readLock(path);
    if (other !== undefined && isRunning(other)) throw anotherRun(path, other);
    abandoned = other ?? abandoned;
    rmSync(path, { force: true });
  }
  throw anotherRun(path, abandoned);
}

function readLock(path: string): LockContent | undefined {
  try {
    const content: unknown = JSON.parse(readRegularText(path));
    if (!isRecord(content) || typeof content.pid !== "number") return undefined;
    const applying = Array.isArray(content.applying) ? content.applying.map(String) : [];
    return { pid: content.pid, host: String(content.host), since: String(content.since), applying };
  } catch {
    // Empty or cut off: the run that wrote it was killed while it did.
    return undefined;
  }
}

/** A run on another machine that shares the directory cannot be asked: it counts as running. */
function isRunning(lock: LockContent): boolean {
  return lock.host !== hostname() || (lock.pid !== process.pid && isAlive(lock.pid));
}

function anotherRun(path: string, other: LockContent | undefined): AnycastError {
  const who =
    other === undefined ? "Another run" : `Another run (process ${other.pid} on ${other.host}, since ${other.since})`;
  return new AnycastError(
    "AnotherRun",
    `${who} works on this project. Nothing was changed. Fix: wait until it has ended; if it is dead, remove ${path}.`,
  );
}
