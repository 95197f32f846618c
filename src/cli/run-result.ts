import { AnycastError, messageOf } from "../core/errors";
import type { Emit } from "../core/events";
import { reportOfRun } from "../gate/stacks";
import type { DeployResult, Operation } from "../gate/stacks";
import { failedReport } from "../check/failed-report";
import type { VerifyReport } from "../core/verify-report";
import { render, withinLimit } from "../report";
import type { WatchReport } from "../core/watch-report";
import { renderVerify, renderWatchMarkdown, renderWatchText } from "../report/verify";
import type { CliIo } from "./io";
import { writableFile } from "./check-outputs";
import type { Rendered } from "./report-options";
import { isWritten } from "./report-options";
import { textOf } from "./report-text";
import { summaryOf } from "./summary";

/** The result of the measurement after a run; empty when none was wanted or it is not done yet. */
export interface MeasuredAfter {
  readonly verify?: VerifyReport;
  readonly watch?: WatchReport;
  readonly verifyError?: { readonly code: string; readonly message: string };
}

/** A run in every format: text and JSON show the run, the formats for pull requests and build servers its checks. */
export function renderedRun(result: DeployResult, planTexts: string, measured: MeasuredAfter = {}): Rendered {
  const { verify, watch } = measured;
  return (format, options) => {
    if (format === "json") return jsonOf(result, measured);
    const text =
      format === "text"
        ? planTexts + resultText(result, { color: options.color ?? false, width: options.width ?? 80 })
        : render(reportOfRun(result), format, options);
    if (format !== "text" && format !== "markdown") return text;
    const watched =
      watch === undefined ? [] : [format === "text" ? renderWatchText(watch) : renderWatchMarkdown(watch)];
    const verified = verify === undefined ? [] : [renderVerify(verify, format, options)];
    return [text, ...watched, ...verified].join("\n");
  };
}

/** Why there is no run to report, in every format. */
export function renderedFailure(operation: Operation, thrown: unknown): Rendered {
  return (format, options) =>
    format === "json"
      ? failureJson(operation, thrown)
      : render(failedReport([`anycast ${operation}`], thrown), format, options);
}

export function resultText({ report, ...result }: DeployResult, options: { color: boolean; width: number }): string {
  const verdict = report === undefined ? "" : `${textOf(report, options).trimEnd()}\n\n`;
  return verdict + summaryOf({ report, ...result });
}

export function jsonOf({ operation, stacks, report, exitCode }: DeployResult, measured: MeasuredAfter = {}): string {
  // The verdicts are reported once, in `check`.
  const plain = stacks.map(({ report: _report, ...rest }) => rest);
  const document = { version: 1, operation, exitCode, stacks: plain, check: report, ...measured };
  return withinLimit("json", () => `${JSON.stringify(document, undefined, 2)}\n`);
}

/** The document of a run that failed before its stacks were known. */
export function failureJson(operation: Operation | "apply" | "recover", thrown: unknown): string {
  const known = thrown instanceof AnycastError ? thrown : undefined;
  const source = known?.source === undefined ? {} : { source: known.source };
  const error = { code: known?.code ?? "InternalError", message: messageOf(thrown), ...source };
  return `${JSON.stringify({ version: 1, operation, exitCode: known?.exitCode ?? 2, stacks: [], error }, undefined, 2)}\n`;
}

/**
 * Writes the outputs in the form of `cdktf deploy --outputs-file`: stack, then output, then value.
 * @param file as it was named. @default nothing is written
 * @returns the function that writes them, and returns whether that succeeded
 * @throws AnycastError `OutputDirectoryMissing`
 */
export function outputsWriter(file: string | undefined, io: CliIo): (result: DeployResult) => boolean {
  if (file === undefined) return () => true;
  const path = writableFile(file, "--outputs-file", io.cwd);
  return ({ stacks }) => {
    const outputs = stacks.flatMap((entry) => (entry.outputs === undefined ? [] : [[entry.stack, entry.outputs]]));
    return isWritten(path, () => `${JSON.stringify(Object.fromEntries(outputs), undefined, 2)}\n`, "outputs file", io);
  };
}

export function noticeSandbox(io: CliIo, emit: Emit): void {
  if (!io.env.ANYCAST_SANDBOX) return;
  emit({
    type: "notice",
    level: "info",
    message: "This is the sandbox: a simulated cloud. Nothing real is read or changed.",
  });
}
