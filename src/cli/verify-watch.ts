import { asStep } from "../core/events";
import { expectationError } from "../core/errors";
import type { WatchReport } from "../core/watch-report";
import { renderWatchMarkdown, renderWatchText } from "../report/verify";
import { neverAnswered, watch } from "../verify";
import type { VerifyOptions } from "../verify";
import type { CliIo } from "./io";
import { failsOn } from "./verify-exit";
import type { MeasureFlags } from "./verify-flags";
import type { FormFlags } from "./verify-forms";
import { untilStopped } from "./verify-run";

type Flags = MeasureFlags & FormFlags & { readonly record?: string };

const FORMS: Readonly<Record<string, (report: WatchReport) => string>> = {
  text: renderWatchText,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  markdown: renderWatchMarkdown,
};

/** `anycast verify --watch`. @returns 2 when an address never answered, 1 for lost requests with --fail-on errors, else 0 */
export async function runWatch(options: VerifyOptions, flags: Flags, io: CliIo): Promise<0 | 1 | 2> {
  const form = FORMS[flags.format];
  const other = [
    form === undefined ? `--format ${flags.format}` : undefined,
    flags.output === undefined ? undefined : "--output",
    flags.record === undefined ? undefined : "--record",
    flags.samples === undefined ? undefined : "--samples",
    flags.slo === undefined ? undefined : "--slo",
    options.places === undefined ? undefined : "several places",
  ].find((one) => one !== undefined);
  if (form === undefined || other !== undefined) {
    throw expectationError("OptionInvalid", {
      what: "what is given with --watch",
      rule: "--duration, --rate, --fail-on, one place, and --format text, json or markdown",
      got: other,
      fix: `leave ${other} out.`,
    });
  }
  const report = await untilStopped(io, (signal, emit) =>
    asStep(emit, "watch", () => watch({ ...options, signal, emit })),
  );
  io.stdout.write(form(report));
  if (neverAnswered(report)) return 2;
  const lost = report.sides.plain.lost + report.sides.accelerated.lost;
  return lost > 0 && failsOn(flags).has("errors") ? 1 : 0;
}
