import type { TimingSummary, VantageReport, VerifyEndpoint, VerifyReport } from "../../core/verify-report";
import { wrap } from "../../core/wrap";
import {
  changeOf,
  failureLines,
  milliseconds,
  notesOf,
  statistic,
  TIMING_NAMES,
  timingsOf,
  VERDICT_COLOR,
} from "./numbers";

export interface VerifyTextOptions {
  /** ANSI colours. @default false */
  readonly color?: boolean;
}

const WIDTH = 80;
const NAME = 12;
const NUMBER = 10;
/** Columns of the longest bar. */
const BAR = 40;

/** The human-readable report: a small table per place, at most 80 columns wide unless a URL is longer. Ends with a newline. */
export function renderVerifyText(report: VerifyReport, options: VerifyTextOptions = {}): string {
  const sentence = wrap(report.sentence, WIDTH).join("\n");
  return [
    side("plain", report.plain),
    side("accelerated", report.accelerated),
    ...report.vantages.flatMap((one) => vantageLines(one, report)),
    "",
    options.color === true ? `\u001b[${VERDICT_COLOR[report.verdict]}m${sentence}\u001b[39m` : sentence,
    ...notesOf(report).flatMap((note) => wrap(note, WIDTH, 0, 2)),
    `Seed ${report.seed}: --seed ${report.seed} repeats the order of the requests.`,
    "",
  ].join("\n");
}

function side(name: string, { url, connect_to: to }: VerifyEndpoint): string {
  return `${name.padEnd(NAME)}${url}${to === undefined ? "" : ` at ${to}`}`;
}

function vantageLines(one: VantageReport, { settings: { metric } }: VerifyReport): string[] {
  const { plain, accelerated } = one;
  const asked = (name: string, { succeeded, failed }: typeof plain): string =>
    `${name} ${succeeded} answered, ${failed} failed`;
  const timings = timingsOf(one);
  return [
    "",
    `From ${one.vantage}: ${asked("plain", plain)}; ${asked("accelerated", accelerated)}`,
    ...failureLines(one).flatMap((line) => wrap(line, WIDTH, 2, 4)),
    ...(timings.length === 0 ? [] : ["", ...HEAD]),
    ...timings.map((timing) =>
      row(TIMING_NAMES[timing], plain.timings[timing], accelerated.timings[timing], changeOf(one.effect[timing])),
    ),
    ...bars(plain.timings[metric]?.median, accelerated.timings[metric]?.median),
  ];
}

const pad = (texts: readonly string[]): string => texts.map((text) => text.padStart(NUMBER)).join("");

const HEAD = [
  " ".repeat(NAME) + "plain".padStart(2 * NUMBER) + "accelerated".padStart(2 * NUMBER),
  "".padEnd(NAME) + pad(["median", "p95", "median", "p95"]) + "   change (interval)",
];

function row(
  name: string,
  plain: TimingSummary | undefined,
  accelerated: TimingSummary | undefined,
  change: string,
): string {
  const cells = [plain, accelerated].flatMap((side) => [statistic(side, "median"), statistic(side, "p95")]);
  return `${name.padEnd(NAME)}${pad(cells)}   ${change}`;
}

/** The two medians as bars. */
function bars(plain: number | undefined, accelerated: number | undefined): string[] {
  if (plain === undefined || accelerated === undefined) return [];
  const most = Math.max(plain, accelerated);
  const line = (name: string, value: number): string =>
    `${name.padEnd(NAME)}${bar(value / most, BAR)} ${milliseconds(value)}`;
  return ["", line("plain", plain), line("accelerated", accelerated)];
}

/** A bar of at least one character. */
export const bar = (share: number, width: number): string => "█".repeat(Math.max(1, Math.round(share * width)));
