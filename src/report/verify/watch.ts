import { SIDES } from "../../core/verify-report";
import type { WatchReport, WatchSide } from "../../core/watch-report";
import { mdRow, mdSentence, mdText } from "../markdown-text";
import { SIMULATED } from "./numbers";

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

/** The report of an interruption as text. Ends with a newline. */
export function renderWatchText({ vantages, sandbox }: WatchReport): string {
  const places = vantages.flatMap(({ vantage, sides, error }) => [
    ...(vantages.length > 1 ? [`From ${vantage}:`] : []),
    ...SIDES.map((side) => watchSentence(side, sides[side])),
    ...(error === undefined ? [] : [error.message]),
  ]);
  return [...places, ...(sandbox ? [SIMULATED] : []), ""].join("\n");
}

export function renderWatchMarkdown({ vantages, sandbox }: WatchReport): string {
  const head = ["", "lost", "first failure (UTC)", "last failure (UTC)", "longest gap"];
  const places = vantages.flatMap(({ vantage, sides, error }) => [
    ...(vantages.length > 1 ? [`### From ${mdText(vantage)}`] : []),
    [mdRow(head), mdRow(head.map(() => "---")), ...SIDES.map((side) => row(side, sides[side]))].join("\n"),
    ...(error === undefined ? [] : [mdSentence(error.message)]),
  ]);
  return ["## Interruptions", ...places, ...(sandbox ? [mdSentence(SIMULATED)] : []), ""].join("\n\n");
}

function row(name: string, { requests, lost, first_failure, last_failure, longest_gap_ms }: WatchSide): string {
  const moment = (at: number | undefined): string => (at === undefined ? "" : time(at));
  return mdRow([name, `${lost} of ${requests}`, moment(first_failure), moment(last_failure), seconds(longest_gap_ms)]);
}
