import { asStep } from "../core/events";
import { AnycastError } from "../core/errors";
import type { WatchReport } from "../core/watch-report";
import { renderWatchMarkdown, renderWatchText } from "../report/verify";
import { lostRequests, neverAnswered, recordOfWatch, refuseUnwatchable, watch, writeRecord } from "../verify";
import type { VerifyOptions } from "../verify";
import type { CliIo } from "./io";
import { failsOn } from "./verify-exit";
import type { MeasureFlags } from "./verify-flags";
import type { FormFlags } from "./verify-forms";
import { untilStopped } from "./verify-run";

type Flags = MeasureFlags & FormFlags;

const FORMS: Readonly<Record<string, (report: WatchReport) => string>> = {
  text: renderWatchText,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  markdown: renderWatchMarkdown,
};

/** `anycast verify --watch`. @returns 2 when an address never answered, 1 for lost requests with --fail-on errors, else 0 */
export async function runWatch(
  options: VerifyOptions,
  flags: Flags,
  recordPath: string | undefined,
  io: CliIo,
): Promise<0 | 1 | 2> {
  const form = FORMS[flags.format];
  const other = [
    form === undefined ? `--format ${flags.format}` : undefined,
    flags.output === undefined ? undefined : "--output",
    flags.samples === undefined ? undefined : "--samples",
    flags.slo === undefined ? undefined : "--slo",
    ...(flags.failOn ?? []).filter((name) => name !== "errors").map((name) => `--fail-on ${name}`),
  ].find((one) => one !== undefined);
  if (form === undefined || other !== undefined) {
    throw new AnycastError(
      "OptionInvalid",
      `--watch excludes ${other}. Fix: leave ${other} out; --duration, --rate, --record, --fail-on errors and --format text, json or markdown go with it.`,
    );
  }
  refuseUnwatchable(options);
  const report = await untilStopped(io, (signal, emit) =>
    asStep(emit, "watch", () => watch({ ...options, signal, emit })),
  );
  if (recordPath !== undefined) writeRecord(recordPath, recordOfWatch(report, options));
  io.stdout.write(form(report));
  if (neverAnswered(report)) return 2;
  return lostRequests(report) > 0 && failsOn(flags).has("errors") ? 1 : 0;
}
