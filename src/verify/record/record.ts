import { isRecord } from "../../core/is-record";
import { readFileSync } from "node:fs";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError, expectationError, messageOf } from "../../core/errors";
import type { VerifyAttempt, VerifyEndpoint, VerifyReport, VerifySettings } from "../../core/verify-report";

/** The first line of a record; every other line is one request (docs/schemas/verify-record.schema.json). */
export interface RecordHead {
  readonly format: "anycast-verify-record";
  readonly version: 1;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly seed: number;
  readonly settings: VerifySettings;
  /** 95th percentile of how late the measuring process was, in milliseconds. @default unknown */
  readonly event_loop_delay_ms?: number;
  readonly plain?: VerifyEndpoint;
  readonly accelerated?: VerifyEndpoint;
}

export interface MeasurementRecord {
  readonly head: RecordHead;
  readonly attempts: readonly VerifyAttempt[];
}

/** What was measured, as a record. */
export function recordOf(report: VerifyReport): MeasurementRecord {
  const { seed, settings, plain, accelerated, vantages } = report;
  const attempts = vantages.flatMap((one) => one.attempts);
  const at = attempts[0]?.at ?? Date.now();
  const event_loop_delay_ms = Math.max(0, ...vantages.map((one) => one.event_loop_delay_ms));
  const head = { format: "anycast-verify-record", version: 1, at, seed, settings, event_loop_delay_ms } as const;
  return { head: { ...head, plain, accelerated }, attempts };
}

/** A record as JSON Lines, whole or not at all. @throws AnycastError `RecordNotWritten` */
export function writeRecord(path: string, { head, attempts }: MeasurementRecord): void {
  try {
    writeFileAtomic(path, [head, ...attempts].map((line) => `${JSON.stringify(line)}\n`).join(""), 0o644);
  } catch (cause) {
    throw new AnycastError(
      "RecordNotWritten",
      `The record could not be written (at ${path}): ${messageOf(cause)}. Fix: check the path, its permissions and the space left.`,
      { cause },
    );
  }
}

/** @throws AnycastError `RecordNotReadable` */
export function readRecord(path: string): MeasurementRecord {
  const [head, ...attempts] = linesOf(path);
  if (!isHead(head) || attempts.length === 0 || !attempts.every(isAttempt)) {
    throw expectationError("RecordNotReadable", {
      what: "the record",
      rule: "JSON Lines as `anycast verify record` writes them, of version 1",
      got: head === undefined ? "an empty file" : JSON.stringify(head).slice(0, 60),
      at: path,
      fix: "record it again.",
    });
  }
  return { head, attempts };
}

function linesOf(path: string): unknown[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as unknown);
  } catch (cause) {
    throw new AnycastError(
      "RecordNotReadable",
      `The record could not be read (at ${path}): ${messageOf(cause).replace(/\.$/, "")}. Fix: check the path, or record it again.`,
      { cause },
    );
  }
}

function isHead(value: unknown): value is RecordHead {
  return isRecord(value) && value.format === "anycast-verify-record" && value.version === 1 && isRecord(value.settings);
}

function isAttempt(value: unknown): value is VerifyAttempt {
  if (!isRecord(value) || !isRecord(value.us)) return false;
  const { at, pair, side, vantage, us, error } = value;
  return (
    [at, pair, ...Object.values(us)].every((one) => Number.isSafeInteger(one) && Number(one) >= 0) &&
    (side === "plain" || side === "accelerated") &&
    typeof vantage === "string" &&
    (error === undefined || (isRecord(error) && typeof error.code === "string" && typeof error.message === "string"))
  );
}
