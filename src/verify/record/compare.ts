import { isDeepStrictEqual } from "node:util";
import { AnycastError, expectationError } from "../../core/errors";
import { SIDES } from "../../core/verify-report";
import type { SideName, VerifyAttempt, VerifyReport } from "../../core/verify-report";
import type { VerifyOptions } from "../run/options";
import { decide, overallVerdict, sentenceOf, sloResult, vantageReport } from "../verdict";
import type { MeasurementRecord } from "./record";

export interface CompareOptions extends Pick<VerifyOptions, "slo"> {
  /** Which side of records that have both. @default "accelerated", or the only one there is */
  readonly side?: SideName;
}

/**
 * Compares what was recorded earlier with what was recorded later, as if the earlier one were the plain side: the n-th
 * request with the n-th. The paths are not measured at the same time, so a change over time counts here as well.
 * @throws AnycastError `RecordsDiffer`, `SideMissing`
 */
export function compareRecords(
  before: MeasurementRecord,
  after: MeasurementRecord,
  options: CompareOptions = {},
): VerifyReport {
  const { settings } = before.head;
  const [earlier, later] = [sideIn(before, options.side), sideIn(after, options.side)];
  refuseOtherSettings([before, earlier], [after, later]);
  const lateMs = Math.max(...[before, after].map(({ head }) => head.event_loop_delay_ms ?? 0));
  const places = [...new Set(before.attempts.map(({ vantage }) => vantage))];
  const vantages = places.map((vantage) => {
    const attempts = [...ordered(before, vantage, earlier, "plain"), ...ordered(after, vantage, later, "accelerated")];
    return vantageReport(
      vantage,
      attempts,
      settings,
      lateMs,
      // The same address is expected here: it is compared with itself at another time.
      decide(attempts.map(withoutRemote), settings, lateMs) ?? { verdict: "inconclusive", reasons: [] },
    );
  });
  return {
    version: 2,
    verdict: overallVerdict(vantages),
    sentence: sentenceOf(vantages, settings.metric)
      .replace(/(a)ccelerated access is/gi, "$1ccess is now")
      .replace(/(a)ccelerated and plain access do not differ/gi, "$1ccess does not differ from before"),
    interrupted: false,
    sandbox: settings.network === "sandbox",
    seed: after.head.seed,
    plain: before.head[earlier] ?? { url: "" },
    accelerated: after.head[later] ?? { url: "" },
    settings,
    vantages,
    slo: (options.slo ?? []).map((objective) => sloResult(objective, vantages)),
  };
}

type Part = readonly [record: MeasurementRecord, side: SideName];

/** Refuses records with different settings. The host may differ, because an address may have changed. */
function refuseOtherSettings(before: Part, after: Part): void {
  const shown = ([{ head, attempts }, side]: Part): Record<string, unknown> => ({
    ...head.settings,
    asked: (head[side]?.url ?? "").replace(/\/\/[^/]*/, "//…"),
    vantages: [...new Set(attempts.map(({ vantage }) => vantage))].sort(),
  });
  const [a, b] = [shown(before), shown(after)];
  const differing = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => !isDeepStrictEqual(a[key], b[key]),
  );
  if (differing.length === 0) return;
  throw new AnycastError(
    "RecordsDiffer",
    `The records were measured with different settings: ${differing.map((key) => `${key} ${JSON.stringify(a[key])} and ${JSON.stringify(b[key])}`).join(", ")}. Fix: record both with the same options.`,
  );
}

function sideIn({ attempts }: MeasurementRecord, wanted: SideName | undefined): SideName {
  const there = SIDES.filter((side) => attempts.some((one) => one.side === side));
  const side = wanted ?? (there.length === 1 ? there[0] : "accelerated");
  if (side !== undefined && there.includes(side)) return side;
  throw expectationError("SideMissing", {
    what: "the side to compare",
    rule: `one that both records have`,
    got: wanted,
    at: "--side",
    fix: `name ${there.join(" or ")}.`,
  });
}

function ordered({ attempts }: MeasurementRecord, vantage: string, from: SideName, as: SideName): VerifyAttempt[] {
  return attempts
    .filter((one) => one.vantage === vantage && one.side === from)
    .sort((a, b) => a.pair - b.pair)
    .map((one, pair) => ({ ...one, side: as, pair }));
}

function withoutRemote({ remote: _remote, ...rest }: VerifyAttempt): VerifyAttempt {
  return rest;
}
