import { isRecord } from "../../core/is-record";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError, expectationError, messageOf } from "../../core/errors";
import { readRegularText } from "../../core/regular-file";
import { METRICS } from "../../core/verify-report";
import type { VerifyAttempt, VerifyEndpoint, VerifyReport, VerifySettings } from "../../core/verify-report";

/** The first line of a record; every other line is one request (docs/schemas/verify-record.schema.json). */
export interface RecordHead {
  readonly format: "anycast-verify-record";
  readonly version: 1;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly seed: number;
  readonly settings: VerifySettings;
  /** 95th percentile of the measuring process's event loop delay, in milliseconds. @default unknown */
  readonly event_loop_delay_ms?: number;
  readonly plain?: VerifyEndpoint;
  readonly accelerated?: VerifyEndpoint;
}

export interface MeasurementRecord {
  readonly head: RecordHead;
  readonly attempts: readonly VerifyAttempt[];
}

/** A measurement as a record. */
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
  const [head, ...rows] = linesOf(path);
  const attempts = rows.filter(isAttempt);
  if (isHead(head) && attempts.length > 0 && attempts.length === rows.length) return { head, attempts };
  const wrong = isHead(head) ? rows.findIndex((row) => !isAttempt(row)) + 1 : 0;
  const got = rows.length === 0 ? undefined : [head, ...rows][wrong];
  throw expectationError("RecordNotReadable", {
    what: "the record",
    rule: "JSON Lines as `anycast verify record` writes them, of version 1",
    got: got === undefined ? "no requests" : JSON.stringify(got).slice(0, 60),
    at: got === undefined ? path : `${path}:${wrong + 1}`,
    fix: "record it again.",
  });
}

function linesOf(path: string): unknown[] {
  try {
    return readRegularText(path)
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
  return (
    isRecord(value) && value.format === "anycast-verify-record" && value.version === 1 && isSettings(value.settings)
  );
}

/** Checks the settings that decide; all others only have to be the same in both records. */
function isSettings(value: unknown): value is VerifySettings {
  if (!isRecord(value)) return false;
  const { metric, margin, ignore_size, expect_status: statuses } = value;
  return (
    METRICS.some((one) => one === metric) &&
    typeof margin === "number" &&
    margin >= 0 &&
    margin < 1 &&
    typeof ignore_size === "boolean" &&
    (statuses === undefined || Array.isArray(statuses))
  );
}

function isAttempt(value: unknown): value is VerifyAttempt {
  if (!isRecord(value) || !isRecord(value.us)) return false;
  const { at, pair, side, vantage, us, status, bytes, announced, error } = value;
  const answer = [status, bytes, announced].filter((one) => one !== undefined);
  return (
    [at, pair, ...answer, ...Object.values(us)].every((one) => Number.isSafeInteger(one) && Number(one) >= 0) &&
    (status !== undefined || error !== undefined) &&
    (side === "plain" || side === "accelerated") &&
    typeof vantage === "string" &&
    (error === undefined || (isRecord(error) && typeof error.code === "string" && typeof error.message === "string"))
  );
}
