import type { AnycastEvent } from "../../core/events";
import { bar, milliseconds } from "../../report/verify";

/** Columns of the longest bar. */
const BAR = 10;

/** Columns of a place's name. */
const PLACE = 16;

/** Progress of a measurement: the place, the number of requests, the failures, and the medians so far. */
export function measuredText({ vantage, done, total, failed, medians }: Progressed): string {
  return [
    ...(vantage === undefined ? [] : [vantage.length > PLACE ? `${vantage.slice(0, PLACE - 1)}…` : vantage]),
    total === undefined ? `${done} requests` : `${done}/${total}`,
    ...(failed === undefined ? [] : [`${failed} failed`]),
    mediansText(medians),
  ]
    .join(" ")
    .trimEnd();
}

type Progressed = Extract<AnycastEvent, { type: "progress" }>;

/** The medians so far as small bars, short enough for a line of 80 columns; empty without them. */
export function mediansText(medians: { readonly plain: number; readonly accelerated: number } | undefined): string {
  if (medians === undefined) return "";
  const most = Math.max(medians.plain, medians.accelerated);
  const side = (name: string, value: number): string => `${name} ${bar(value / most, BAR)} ${milliseconds(value)}`;
  return `${side("plain", medians.plain)} ${side("accelerated", medians.accelerated)} `;
}
