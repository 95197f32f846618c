import { defined } from "../core/defined";
import { AnycastError, messageOf } from "../core/errors";
import type { DeployResult } from "../gate/stacks";
import { renderVerifyText } from "../report/verify";
import type { WatchReport } from "../core/watch-report";
import type { CliIo } from "./io";
import type { Reporter } from "./report-options";
import type { MeasuredAfter } from "./run-result";
import { renderedRun } from "./run-result";
import type { RunContext } from "./run-context";
import type { After } from "./verify-after";

export interface MeasuredRun {
  readonly exitCode: number;
  /** Whether a file could not be written. */
  readonly failed: boolean;
  /** Why there is no measurement; the run is still reported. */
  readonly thrown?: unknown;
}

/**
 * Measures what was deployed and reports both. The run's own result is written first, so that it is kept if anything
 * happens during the measurement. Only a document on stdout waits for the measurement, because stdout takes only one.
 */
export async function measuredRun(run: {
  readonly result: DeployResult;
  readonly texts: string;
  readonly after: After;
  /** What was seen during the apply. */
  readonly watched?: WatchReport;
  readonly context: Pick<RunContext, "emit" | "interruption" | "progress">;
  readonly reporter: Reporter;
  readonly io: CliIo;
}): Promise<MeasuredRun> {
  const { result, texts, reporter, io } = run;
  const watch = run.watched === undefined ? {} : { watch: run.watched };
  const before = renderedRun(result, texts, watch);
  const textOnStdout = reporter.stdout === "text";
  const failedBefore = reporter.writeFiles(before);
  if (textOnStdout) reporter.writeStdout(before);
  const { exitCode, thrown, ...measured } = await outcomeOf(run);
  run.context.progress.end();
  const both = renderedRun(result, texts, { ...measured, ...watch });
  const failed = reporter.writeFiles(both) || failedBefore;
  if (!textOnStdout) reporter.writeStdout(both);
  // A document on stdout must be the only output there.
  const stream = textOnStdout ? io.stdout : io.stderr;
  if (measured.verify !== undefined) stream.write(renderVerifyText(measured.verify, { color: io.color.stdout }));
  return { exitCode, failed, ...defined({ thrown }) };
}

async function outcomeOf({
  result,
  after,
  context,
}: {
  readonly result: DeployResult;
  readonly after: After;
  readonly context: Pick<RunContext, "emit" | "interruption">;
}): Promise<MeasuredAfter & { exitCode: number; thrown?: unknown }> {
  try {
    const { report, exitCode, stopped } = await after.measure(result, context);
    return { verify: report, exitCode, ...defined({ thrown: stopped }) };
  } catch (thrown) {
    const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
    return { verifyError: { code, message: messageOf(thrown) }, exitCode: 2, thrown };
  }
}
