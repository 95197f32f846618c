import { SIDES } from "../../../core/verify-report";
import type { Metric, VantageReport } from "../../../core/verify-report";
import { chart, EDGE, el, HEIGHT, label, round, scale, ticks, WIDTH } from "./svg";

/** Every request by the time it began; failed ones are crosses above all others. */
export function timelineChart({ attempts }: VantageReport, metric: Metric, id: string): string {
  const begun = attempts.map(({ at }) => at);
  const [first, last] = [Math.min(...begun), Math.max(...begun)];
  const seconds = Math.max(1, (last - first) / 1000);
  const times = attempts
    .flatMap(({ us, error }) => (error === undefined ? (us[metric] ?? []) : []))
    .map((us) => us / 1000);
  const most = Math.max(1, ...times);
  const x = scale(0, seconds, EDGE.left, WIDTH - EDGE.right);
  const y = scale(0, most, HEIGHT - EDGE.bottom, EDGE.top + 16);
  const failed = attempts.filter(({ error }) => error !== undefined).length;
  const foot = HEIGHT - EDGE.bottom;
  return chart(
    id,
    "Requests over time",
    `${attempts.length} requests in ${Math.round(seconds)} seconds, ${failed} of them failed.`,
    ...ticks(most, 3).flatMap((ms) => [
      el("line", { class: "grid", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(ms), y2: y(ms) }),
      label(EDGE.left - 5, y(ms) + 4, String(ms), { class: "tick", "text-anchor": "end" }),
    ]),
    label(2, EDGE.top + 2, "ms", { class: "tick" }),
    ...ticks(seconds, 4).map((one) => label(x(one), foot + 14, `${one} s`, { class: "tick", "text-anchor": "middle" })),
    ...SIDES.flatMap((side) =>
      attempts
        .filter((one) => one.side === side)
        .map(({ at, us, error }) => {
          const px = x((at - first) / 1000);
          if (error === undefined)
            return el("circle", { class: `dot ${side}`, cx: px, cy: y((us[metric] ?? 0) / 1000), r: 1.8 });
          return el("path", { class: `cross ${side}`, d: `M${round(px - 3)} ${EDGE.top}l6 6m0 -6l-6 6` });
        }),
    ),
  );
}
