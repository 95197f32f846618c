import { mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { takeLock } from "../../core/lock";
import type { ProcessIdentity } from "../../core/process-identity";
import { processStateOf, parseProcessIdentity, processIdentityOf } from "../../core/process-identity";

/** Written next to the synthesised stacks while a run works on them. */
const NAME = "anycast-run.json";

/** How often a run updates the file's time to show that it is running, in milliseconds. */
const HEARTBEAT_MS = 10_000;
/** A run of another machine or container without a heartbeat for this long counts as ended, in milliseconds. */
const SILENT_MS = 5 * 60_000;

interface LockContent extends ProcessIdentity {
  readonly since: string;
  /** Stacks being applied: what a killed run may have left in the middle. */
  readonly applying: readonly string[];
}

export interface RunLock {
  /** The stacks that a run which was killed was applying. @default none */
  readonly abandoned: LockContent | undefined;
  /** Records which stacks are being applied from now on. */
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
  const since = new Date().toISOString();
  const content = (applying: readonly string[]): string =>
    JSON.stringify({ ...processIdentityOf(process.pid), since, applying });
  const abandoned = createLock(path, content([]));
  const heartbeat = setInterval(() => refreshLock(path), HEARTBEAT_MS);
  heartbeat.unref();
  return {
    abandoned,
    applying: (stacks) => {
      try {
        writeFileAtomic(path, content(stacks));
      } catch {
        // It is only a note for the next run: a completed apply must not fail because of it.
      }
    },
    release: () => {
      clearInterval(heartbeat);
      rmSync(path, { force: true });
    },
  };
}

function refreshLock(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The lock was removed. Terraform's own lock still protects the state.
  }
}

function createLock(path: string, content: string): LockContent | undefined {
  const attempt = takeLock(path, content, (text) => {
    const other = lockIn(text);
    return other !== undefined && isRunning(path, other);
  });
  if (attempt.isTaken) return attempt.replaced === undefined ? undefined : lockIn(attempt.replaced);
  throw anotherRun(path, attempt.holder === undefined ? undefined : lockIn(attempt.holder));
}

/** @returns undefined for an incomplete text, as a killed run leaves it */
function lockIn(text: string): LockContent | undefined {
  try {
    const content: unknown = JSON.parse(text);
    const mark = parseProcessIdentity(content);
    if (!isRecord(content) || mark === undefined) return undefined;
    const applying = Array.isArray(content.applying) ? content.applying.map(String) : [];
    return { ...mark, since: String(content.since), applying };
  } catch {
    return undefined;
  }
}

/** A run of another machine or container that shares the directory counts as running as long as its heartbeat is recent. */
function isRunning(path: string, lock: LockContent): boolean {
  const seen = processStateOf(lock);
  if (seen === "elsewhere") return silenceOf(path) < SILENT_MS;
  return seen === "alive" && lock.pid !== process.pid;
}

/** Milliseconds since the run's last heartbeat. */
function silenceOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Infinity;
  }
}

function anotherRun(path: string, other: LockContent | undefined): AnycastError {
  const who =
    other === undefined ? "Another run" : `Another run (process ${other.pid} on ${other.host}, since ${other.since})`;
  const counts =
    other !== undefined && processStateOf(other) === "elsewhere"
      ? ` It is of another machine or container, and counts as dead when it has shown nothing for ${SILENT_MS / 60_000} minutes (now ${Math.round(silenceOf(path) / 1000)} s).`
      : "";
  return new AnycastError(
    "AnotherRun",
    `${who} works on this project.${counts} Nothing was changed. Fix: wait until it has ended; if it is dead, remove ${path}.`,
  );
}
