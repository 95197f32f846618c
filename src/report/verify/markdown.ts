import type { VantageReport, VerifyEndpoint, VerifyReport } from "../../core/verify-report";
import { mdCode, mdRow, mdSentence, mdText } from "../markdown-text";
import { changeOf, failureLines, notesOf, statistic, TIMING_NAMES, timingsOf } from "./numbers";

/** Markdown for a job summary or a comment: the verdict, and a table per place. */
export function renderVerifyMarkdown(report: VerifyReport): string {
  const blocks = [
    `## Access: ${report.verdict}`,
    mdSentence(report.sentence),
    [endpointLine("Plain", report.plain), endpointLine("Accelerated", report.accelerated)].join("\n"),
    ...report.vantages.flatMap((one) => vantageBlocks(one, report.vantages.length > 1)),
    ...listOf(notesOf(report)),
    `Seed ${report.seed}, margin ${Math.round(report.settings.margin * 100)} %, decided by ${mdCode(report.settings.metric)}.`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function endpointLine(name: string, { url, connect_to: to }: VerifyEndpoint): string {
  return `- ${name}: ${mdCode(url)}${to === undefined ? "" : ` at ${mdCode(to)}`}`;
}

function vantageBlocks(one: VantageReport, several: boolean): string[] {
  const { plain, accelerated, pairs } = one;
  const rows = timingsOf(one).map((timing) =>
    mdRow([
      TIMING_NAMES[timing],
      ...[plain.timings[timing], accelerated.timings[timing]].flatMap((summary) => [
        statistic(summary, "median"),
        statistic(summary, "p95"),
      ]),
      changeOf(one.effect[timing]),
    ]),
  );
  const failed = mdRow(["failed", share(plain), "", share(accelerated), "", ""]);
  const head = ["", "plain, median", "p95", "accelerated, median", "p95", "change (interval)"];
  return [
    `### From ${mdText(one.vantage)}${several ? `: ${one.verdict}` : ""} (${pairs} pairs)`,
    [mdRow(head), mdRow(head.map(() => "---")), ...rows, failed].join("\n"),
    ...listOf(failureLines(one)),
  ];
}

const share = ({ failed, succeeded }: VantageReport["plain"]): string => `${failed} of ${failed + succeeded}`;

const listOf = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [lines.map((line) => `- ${mdSentence(line)}`).join("\n")];
