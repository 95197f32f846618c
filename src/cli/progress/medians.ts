import { bar, milliseconds } from "../../report/verify";

/** Columns of the longest bar. */
const BAR = 10;

/** The middle times so far as small bars, short enough for a line of 80 columns; nothing without them. */
export function mediansText(medians: { readonly plain: number; readonly accelerated: number } | undefined): string {
  if (medians === undefined) return "";
  const most = Math.max(medians.plain, medians.accelerated);
  const side = (name: string, value: number): string => `${name} ${bar(value / most, BAR)} ${milliseconds(value)}`;
  return `${side("plain", medians.plain)} ${side("accelerated", medians.accelerated)} `;
}
