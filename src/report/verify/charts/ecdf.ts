import { SIDES } from "../../../core/verify-report";
import type { SideName, Timing, VantageReport } from "../../../core/verify-report";
import { statistic, TIMING_NAMES } from "../numbers";
import { chart, EDGE, el, HEIGHT, label, round, scale, timeAxis, WIDTH } from "./svg";

/** Share of requests that were done within a time, for both sides: where a curve is further left, it was faster. */
export function ecdfChart(vantage: VantageReport, timing: Timing, id: string): string {
  const values = (side: SideName): number[] =>
    vantage.attempts
      .filter((one) => one.side === side && one.error === undefined)
      .flatMap(({ us }) => (us[timing] === undefined ? [] : us[timing] / 1000))
      .sort((a, b) => a - b);
  const sides = SIDES.map((side) => ({ side, sorted: values(side), of: attemptsOf(vantage, side) }));
  const most = axisEnd(sides.flatMap(({ sorted }) => sorted));
  const x = scale(0, most, EDGE.left, WIDTH - EDGE.right);
  const y = scale(0, 1, HEIGHT - EDGE.bottom, EDGE.top);
  const name = TIMING_NAMES[timing];
  const medians = SIDES.map((side) => `${side} ${statistic(vantage[side].timings[timing], "median")}`).join(", ");
  return chart(
    id,
    `Distribution: ${name}`,
    `Share of requests by the time they took. Median: ${medians}. Failed requests never arrive.`,
    ...[0, 0.5, 1].flatMap((share) => [
      el("line", { class: "grid", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(share), y2: y(share) }),
      label(EDGE.left - 5, y(share) + 4, `${share * 100} %`, { class: "tick", "text-anchor": "end" }),
    ]),
    timeAxis(most, x),
    ...sides.map(({ side, sorted, of }) => el("path", { class: `curve ${side}`, d: steps(sorted, of, x, y, most) })),
  );
}

const attemptsOf = ({ attempts }: VantageReport, side: SideName): number =>
  attempts.filter((one) => one.side === side).length;

/** The end of the axis, so that a few outliers do not compress the rest. */
function axisEnd(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length * 0.98)] ?? 1;
  return Math.max(high * 1.1, 1);
}

function steps(
  sorted: readonly number[],
  of: number,
  x: (value: number) => number,
  y: (share: number) => number,
  most: number,
): string {
  const inside = sorted.filter((value) => value <= most);
  const climbs = inside.map((value, i) => `H${round(x(value))}V${round(y((i + 1) / of))}`);
  return `M${round(x(0))} ${round(y(0))}${climbs.join("")}H${round(x(most))}`;
}
