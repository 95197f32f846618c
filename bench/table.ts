import type { Row } from "./row";

/** The figures as a markdown table: seconds, ratio to Node's own reading and parsing, peak memory. */
export function table(rows: readonly Row[]): string {
  const titles = new Map(rows.flatMap((row) => row.measured.map((one) => [one.contender, one.title] as const)));
  const names = [...titles.keys()];
  const head = ["resources", "bindings", "plan", ...names.map((name) => titles.get(name)!)];
  const body = rows.map((row) => [
    row.resources.toLocaleString("en"),
    row.bindings.toLocaleString("en"),
    `${row.plan_megabytes.toFixed(1)} MB`,
    ...names.map((name) => {
      const one = row.measured.find(({ contender }) => contender === name);
      if (one === undefined) return "–";
      const memory = one.megabytes === undefined ? "" : `, ${String(Math.round(one.megabytes))} MB`;
      return `${(one.ms / 1000).toFixed(2)} s (${one.ratio.toFixed(2)} ×${memory})`;
    }),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i < 3 ? "---:" : "---"))), ...body.map(line)].join("\n") + "\n";
}
