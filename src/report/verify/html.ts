import type { VantageReport, VerifyEndpoint, VerifyReport } from "../../core/verify-report";
import { xmlText } from "../xml";
import { ecdfChart } from "./charts/ecdf";
import { CHART_STYLE } from "./charts/style";
import { timelineChart } from "./charts/timeline";
import { waterfallChart } from "./charts/waterfall";
import { changeOf, failureLines, notesOf, statistic, TIMING_NAMES, timingsOf } from "./numbers";

const PAGE_STYLE = `
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:1200px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:1.5rem;line-height:1.3;margin:.2em 0 .6em}h2{font-size:1.2rem;margin:2em 0 .4em}h3{font-size:1rem;margin:0 0 .3em}
.faster{color:var(--good)}.slower{color:var(--bad)}.inconclusive{color:var(--unsure)}
.verdict{display:inline-block;padding:2px 10px;border:2px solid currentColor;border-radius:999px;font-weight:600}
p,ul,dl{margin:.6em 0}.quiet{color:var(--quiet)}code{overflow-wrap:anywhere}
.key b{font-weight:600}.key .plain{color:var(--plain)}.key .accelerated{color:var(--accelerated)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:16px}
figure{margin:0;padding:12px;background:var(--panel);border:1px solid var(--grid);border-radius:8px;break-inside:avoid}
figure svg{display:block;width:100%;height:auto}
.scroll{overflow-x:auto;margin-bottom:16px}table{border-collapse:collapse;min-width:100%}
th,td{padding:6px 10px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
th:first-child,td:first-child{text-align:left}
@media print{main{padding:0}h2{break-after:avoid}}
`;

/** One self-contained page: it loads nothing, follows the reader's colour scheme, and can be printed. */
export function renderVerifyHtml(report: VerifyReport): string {
  const { vantages, settings } = report;
  const several = vantages.length > 1;
  return `${[
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${xmlText(`Access: ${report.verdict}`)}</title><style>${CHART_STYLE}${PAGE_STYLE}</style></head><body><main>`,
    `<p class="verdict ${report.verdict.replace(" ", "-")}">${xmlText(report.verdict)}</p>`,
    `<h1>${xmlText(report.sentence.replace(/ %/g, "\u00a0%"))}</h1>`,
    `<p class="key">${endpointText("plain", report.plain)}<br>${endpointText("accelerated", report.accelerated)}</p>`,
    list(notesOf(report)),
    ...vantages.map((one, i) => vantageSection(one, report, `v${i}`, several)),
    `<p class="quiet">Seed ${report.seed}, margin ${Math.round(settings.margin * 100)} %, decided by ${TIMING_NAMES[settings.metric]}, ` +
      `${settings.samples} pairs at most over ${settings.duration} s, ${settings.method}.</p>`,
    "</main></body></html>",
  ].join("\n")}\n`;
}

function endpointText(side: "plain" | "accelerated", { url, connect_to: to }: VerifyEndpoint): string {
  const at = to === undefined ? "" : ` at <code>${xmlText(to)}</code>`;
  const line = side === "plain" ? "dashed line, open dots" : "solid line, filled dots";
  return `<b class="${side}">${side}</b> (${line}): <code>${xmlText(url)}</code>${at}`;
}

function vantageSection(one: VantageReport, { settings }: VerifyReport, id: string, several: boolean): string {
  const verdict = several ? `: ${xmlText(one.verdict)}` : "";
  const figure = (title: string, svg: string): string => `<figure><h3>${xmlText(title)}</h3>${svg}</figure>`;
  const charts =
    one.attempts.length === 0
      ? []
      : [
          figure("Phases of the median request", waterfallChart(one, `${id}w`)),
          ...timingsOf(one).map((timing) =>
            figure(`Distribution: ${TIMING_NAMES[timing]}`, ecdfChart(one, timing, `${id}${timing}`)),
          ),
          figure("Requests over time", timelineChart(one, settings.metric, `${id}t`)),
        ];
  return [
    `<section aria-labelledby="${id}"><h2 id="${id}">From ${xmlText(one.vantage)}${verdict}</h2>`,
    table(one),
    list(failureLines(one)),
    `<div class="charts">${charts.join("\n")}</div></section>`,
  ].join("\n");
}

function table(one: VantageReport): string {
  const { plain, accelerated } = one;
  const row = (cells: readonly string[]): string =>
    `<tr><th scope="row">${xmlText(cells[0] ?? "")}</th>${cells
      .slice(1)
      .map((cell) => `<td>${xmlText(cell)}</td>`)
      .join("")}</tr>`;
  const rows = timingsOf(one).map((timing) =>
    row([
      TIMING_NAMES[timing],
      changeOf(one.effect[timing]),
      ...[plain, accelerated].flatMap(({ timings }) => [
        statistic(timings[timing], "median"),
        statistic(timings[timing], "p95"),
      ]),
    ]),
  );
  const failed = ({ failed: count, succeeded }: typeof plain): string => `${count} of ${count + succeeded}`;
  const head = ["change (interval)", "plain, median", "p95", "accelerated, median", "p95"];
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="Times from ${xmlText(one.vantage)}"><table><thead><tr><td></td>` +
    `${head.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>` +
    `<tbody>${rows.join("")}${row(["failed", "", failed(plain), "", failed(accelerated), ""])}</tbody></table></div>`
  );
}

const list = (lines: readonly string[]): string =>
  lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${xmlText(line)}</li>`).join("")}</ul>`;
