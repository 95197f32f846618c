import { SIDES } from "../../core/verify-report";
import type { WatchReport, WatchSide } from "../../core/watch-report";
import { mdRow, mdSentence } from "../markdown-text";

const time = (at: number): string => new Date(at).toISOString().slice(11, 23);

const seconds = (ms: number): string => (ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

/** How an address was interrupted, in one sentence. */
export function watchSentence(name: string, side: WatchSide): string {
  if (side.requests === 0) return `The ${name} address was not asked.`;
  if (side.lost === 0) return `The ${name} address answered all of ${side.requests} requests.`;
  if (side.lost === side.requests) return `The ${name} address answered none of ${side.requests} requests.`;
  return (
    `The ${name} address lost ${side.lost} of ${side.requests} requests between ` +
    `${time(side.first_failure!)} and ${time(side.last_failure!)} UTC; its longest gap was ${seconds(side.longest_gap_ms)}.`
  );
}

/** The report of an interruption for people. Ends with a newline. */
export function renderWatchText(report: WatchReport): string {
  const notes = report.sandbox ? ["Simulated by the sandbox: this says nothing about the real internet."] : [];
  return [...SIDES.map((side) => watchSentence(side, report.sides[side])), ...notes, ""].join("\n");
}

export function renderWatchMarkdown(report: WatchReport): string {
  const row = (side: (typeof SIDES)[number]): string => {
    const { requests, lost, first_failure: first, last_failure: last, longest_gap_ms: gap } = report.sides[side];
    return mdRow([side, `${lost} of ${requests}`, first ? time(first) : "", last ? time(last) : "", seconds(gap)]);
  };
  const head = ["", "lost", "first failure (UTC)", "last failure (UTC)", "longest gap"];
  return [
    "## Interruption while deploying",
    [mdRow(head), mdRow(head.map(() => "---")), ...SIDES.map(row)].join("\n"),
    ...(report.sandbox ? [mdSentence("Simulated by the sandbox: this says nothing about the real internet.")] : []),
    "",
  ].join("\n\n");
}
