import { xmlAttributes, xmlText } from "../../xml";

/** A writer of SVG: the same text for the same input, without a DOM (docs/decisions/0014-charts.md has the alternatives). */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; children are SVG already. */
export function el(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const rounded = Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, typeof value === "number" ? round(value) : value]),
  );
  const open = `<${name}${xmlAttributes(rounded)}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/** A line of text at a point. */
export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  el("text", { x, y, ...attributes }, xmlText(text));

/** Two decimals are finer than any screen. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** The size of every chart, in its own units; a page scales it. */
export const WIDTH = 360;
export const HEIGHT = 210;
/** Margins of the drawing, for the axes. */
export const EDGE = { left: 42, right: 12, top: 12, bottom: 30 } as const;

/** A whole chart with a name and a description for screen readers. */
export function chart(id: string, title: string, description: string, ...content: readonly string[]): string {
  return el(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-text`,
    },
    el("title", { id: `${id}-title` }, xmlText(title)),
    el("desc", { id: `${id}-text` }, xmlText(description)),
    ...content,
  );
}

/** Maps values to a place between two points. */
export const scale =
  (from: number, to: number, start: number, end: number) =>
  (value: number): number =>
    to === from ? start : start + ((value - from) / (to - from)) * (end - start);

/** Round numbers from 0 up to `most`, about `count` of them. */
export function ticks(most: number, count = 4): number[] {
  if (!(most > 0)) return [0];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** An axis of milliseconds at the bottom of a chart. */
export function timeAxis(mostMs: number, x: (ms: number) => number): string {
  const y = HEIGHT - EDGE.bottom;
  return [
    el("line", { class: "axis", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y, y2: y }),
    ...ticks(mostMs).map((ms) => label(x(ms), y + 14, String(round(ms)), { class: "tick", "text-anchor": "middle" })),
    label(WIDTH - EDGE.right, HEIGHT - 3, "milliseconds", { class: "tick", "text-anchor": "end" }),
  ].join("");
}
