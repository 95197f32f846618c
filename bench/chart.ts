import type { Row } from "./row";

const COLOURS: Readonly<Record<string, string>> = {
  parse: "#8c959f",
  anycast: "#1a7f37",
  opa: "#0969da",
  conftest: "#8250df",
  "opa-own": "#bc4c00",
  "conftest-own": "#cf222e",
};
const WIDTH = 760;
const LEFT = 230;
const RIGHT = 90;
const BAR = 14;
const GAP = 26;

/** Bars of processor time in seconds, one group for each plan; the scale is logarithmic, since plans differ a thousandfold. */
export function chart(rows: readonly Row[]): string {
  const all = rows.flatMap((row) => row.measured.map((one) => one.cpu_ms));
  const [low, high] = [Math.log10(Math.min(...all) / 1.5), Math.log10(Math.max(...all))];
  const length = (ms: number): number => ((Math.log10(ms) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const parts: string[] = [];
  let y = 54;
  for (const row of rows) {
    const label = `${row.resources.toLocaleString("en")} resources`;
    parts.push(text(LEFT - 8, y + 11, label, "end", "600"));
    parts.push(text(LEFT - 8, y + 26, `${row.bindings.toLocaleString("en")} bindings`, "end"));
    parts.push(text(LEFT - 8, y + 41, row.plan.split(",")[0]!, "end"));
    for (const one of row.measured) {
      const width = Math.max(1, length(one.cpu_ms)).toFixed(1);
      const colour = COLOURS[one.contender] ?? "#57606a";
      parts.push(
        `<rect x="${String(LEFT)}" y="${String(y)}" width="${width}" height="${String(BAR - 2)}" fill="${colour}"/>`,
      );
      parts.push(text(LEFT + Number(width) + 5, y + 10, `${(one.cpu_ms / 1000).toFixed(2)} s`));
      y += BAR;
    }
    y += GAP;
  }
  const titles = new Map(rows.flatMap((row) => row.measured.map((one) => [one.contender, one.title] as const)));
  let x = 12;
  for (const [name, title] of titles) {
    parts.unshift(
      `<rect x="${String(x)}" y="16" width="10" height="10" fill="${COLOURS[name] ?? "#57606a"}"/>`,
      text(x + 14, 25, title),
    );
    x += 30 + title.length * 6.1;
  }
  const height = String(y);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(Math.max(WIDTH, Math.ceil(x)))} ${height}" font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="Seconds of processor time to check a plan, logarithmic scale"><rect width="100%" height="100%" fill="#ffffff"/>${parts.join("")}</svg>\n`;
}

function text(x: number, y: number, content: string, anchor = "start", weight = "400"): string {
  return `<text x="${x.toFixed(1)}" y="${String(y)}" text-anchor="${anchor}" font-weight="${weight}" fill="#1f2328">${content}</text>`;
}
