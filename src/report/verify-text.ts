import type { TimingSummary, VerifyReport, VerifySide } from "../core/verify-report";

export interface VerifyTextOptions {
  /** ANSI colours. @default false */
  readonly color?: boolean;
}

const ROWS = [
  ["time_connect", "connect"],
  ["time_appconnect", "TLS"],
  ["time_starttransfer", "first byte"],
  ["time_total", "total"],
] as const;

/** The report for people: a small table, at most 80 columns wide unless a URL is longer. Ends with a newline. */
export function renderVerifyText(report: VerifyReport, options: VerifyTextOptions = {}): string {
  const rows = ROWS.flatMap(([timing, name]) => {
    const [plain, accelerated] = [report.plain.timings[timing], report.accelerated.timings[timing]];
    return plain === undefined && accelerated === undefined ? [] : [row(name, plain, accelerated)];
  });
  return [
    side("plain", report.plain),
    side("accelerated", report.accelerated),
    ...(rows.length === 0 ? [] : ["", ...HEAD, ...rows]),
    "",
    colored(conclusion(report), report.verdict, options.color ?? false),
    ...(report.sandbox ? ["Simulated by the sandbox: this says nothing about the real internet."] : []),
    "",
  ].join("\n");
}

const NAME = 12;
const NUMBER = 10;
const pad = (texts: readonly string[]): string => texts.map((text) => text.padStart(NUMBER)).join("");

const HEAD = [
  " ".repeat(NAME) + "plain".padStart(2 * NUMBER) + "accelerated".padStart(2 * NUMBER),
  "".padEnd(NAME) + pad(["median", "p95", "median", "p95"]) + "change".padStart(NUMBER),
];

function row(name: string, plain: TimingSummary | undefined, accelerated: TimingSummary | undefined): string {
  const change =
    plain === undefined || accelerated === undefined || plain.median <= 0
      ? ""
      : signed((accelerated.median / plain.median - 1) * 100);
  const cells = [plain?.median, plain?.p95, accelerated?.median, accelerated?.p95].map(milliseconds);
  return name.padEnd(NAME) + pad(cells) + change.padStart(NUMBER);
}

/** Whole milliseconds, one decimal below ten. */
function milliseconds(seconds: number | undefined): string {
  if (seconds === undefined) return "-";
  const ms = seconds * 1000;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

const signed = (percent: number): string => `${percent < 0 ? "-" : "+"}${Math.abs(percent).toFixed(0)} %`;

function side(name: string, measured: VerifySide): string {
  const to = measured.connect_to === undefined ? "" : ` at ${measured.connect_to}`;
  const failures = measured.failures.map((one) => `\n  ${one.count} x ${one.code}: ${one.message}`);
  const count = `${measured.succeeded} answered, ${measured.failed} failed`;
  return `${name.padEnd(NAME)}${measured.url}${to} (${count})${failures.join("")}`;
}

function conclusion(report: VerifyReport): string {
  const [plain, accelerated] = [report.plain.timings[report.metric], report.accelerated.timings[report.metric]];
  if (report.ratio === undefined || plain === undefined || accelerated === undefined)
    return "Nothing to compare: one of the addresses answered too seldom.";
  const change = Math.abs((1 - report.ratio) * 100).toFixed(0);
  const medians = `median ${report.metric} ${milliseconds(accelerated.median)}, not ${milliseconds(plain.median)}`;
  if (report.verdict === "faster") return `Accelerated access is ${change} % faster (${medians}).`;
  const wanted = `at least ${(report.threshold * 100).toFixed(0)} % faster was asked for`;
  return `Accelerated access is not faster: ${change} % ${report.ratio <= 1 ? "less" : "more"} time\n(${medians}; ${wanted}).`;
}

function colored(text: string, verdict: VerifyReport["verdict"], color: boolean): string {
  if (!color) return text;
  return `\u001b[${verdict === "faster" ? 32 : verdict === "not-faster" ? 33 : 31}m${text}\u001b[39m`;
}
