import type { VerifyReport } from "../../core/verify-report";
import { ecdfChart } from "./charts/ecdf";
import { CHART_STYLE } from "./charts/style";
import { el, HEIGHT, label, WIDTH } from "./charts/svg";
import { timelineChart } from "./charts/timeline";
import { waterfallChart } from "./charts/waterfall";
import { TIMING_NAMES } from "./numbers";

const TITLE = 24;

/** Only the charts, as one picture: a row for each place, with its phases, its distribution and its timeline. */
export function renderVerifySvg(report: VerifyReport): string {
  const { metric } = report.settings;
  const rows = report.vantages.map((one, i) => {
    const charts = [
      ["Phases of the median request", waterfallChart(one, `s${i}w`)],
      [`Distribution: ${TIMING_NAMES[metric]}`, ecdfChart(one, metric, `s${i}d`)],
      ["Requests over time", timelineChart(one, metric, `s${i}t`)],
    ] as const;
    return charts.map(([title, svg], column) => {
      const [x, y] = [column * WIDTH, TITLE + i * (HEIGHT + TITLE)];
      const placed = svg.replace("<svg ", `<svg x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" `);
      return label(x + 12, y - 6, `${one.vantage}: ${title}`, { class: "side" }) + placed;
    });
  });
  const [width, height] = [3 * WIDTH, report.vantages.length * (HEIGHT + TITLE)];
  const attributes = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height };
  const page = el("rect", { width, height, style: "fill:var(--page)" });
  return `${el("svg", attributes, el("style", {}, CHART_STYLE), page, ...rows.flat())}\n`;
}
