import { SIDES, TIMINGS } from "../../../core/verify-report";
import type { Timing, VerifySide, VantageReport } from "../../../core/verify-report";
import { milliseconds, statistic } from "../numbers";
import { chart, EDGE, el, HEIGHT, label, scale, timeAxis, WIDTH } from "./svg";

/** What the client does until each moment. */
const PHASES: Readonly<Record<Timing, string>> = {
  time_namelookup: "name",
  time_connect: "connect",
  time_appconnect: "TLS",
  time_starttransfer: "wait",
  time_total: "receive",
};

const BAR = 34;

/** The phases of the median request, for both sides one above the other. */
export function waterfallChart(vantage: VantageReport, id: string): string {
  const most = Math.max(1, ...SIDES.map((side) => (vantage[side].timings.time_total?.median ?? 0) * 1000)) * 1.1;
  const x = scale(0, most, EDGE.left, WIDTH - EDGE.right);
  const texts = SIDES.map(
    (side) => `${side}: ${phases(vantage[side]).map(phaseText).join(", ") || "half of the requests or more failed"}`,
  );
  return chart(
    id,
    "Phases of the median request",
    `${texts.join(". ")}.`,
    ...SIDES.flatMap((side, row) => {
      const y = EDGE.top + 20 + row * (BAR + 36);
      return [
        label(EDGE.left, y - 6, side, { class: `side ${side}` }),
        label(WIDTH - EDGE.right, y - 6, statistic(vantage[side].timings.time_total, "median"), {
          class: "tick",
          "text-anchor": "end",
        }),
        ...phases(vantage[side]).flatMap(({ timing, from, to }) => [
          el("rect", { class: `phase ${timing}`, x: x(from), y, width: Math.max(0.5, x(to) - x(from)), height: BAR }),
          ...(x(to) - x(from) < 34
            ? []
            : [label((x(from) + x(to)) / 2, y + 21, PHASES[timing], { class: "inside", "text-anchor": "middle" })]),
        ]),
      ];
    }),
    el("line", { class: "grid", x1: EDGE.left, x2: EDGE.left, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }),
    timeAxis(most, x),
  );
}

interface Phase {
  readonly timing: Timing;
  /** Milliseconds since the start. */
  readonly from: number;
  readonly to: number;
}

function phases({ timings }: VerifySide): Phase[] {
  let from = 0;
  return TIMINGS.flatMap((timing): Phase[] => {
    const median = timings[timing]?.median;
    if (median === undefined) return [];
    const phase = { timing, from, to: Math.max(from, median * 1000) };
    from = phase.to;
    return [phase];
  });
}

const phaseText = ({ timing, from, to }: Phase): string => `${PHASES[timing]} ${milliseconds((to - from) / 1000)}`;
