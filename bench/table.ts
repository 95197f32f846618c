import type { Row } from "./row";

/** The figures as a markdown table: processor time, its ratio to Node's own reading and parsing, peak memory. */
export function table(rows: readonly Row[]): string {
  const titles = new Map(rows.flatMap((row) => row.measured.map((one) => [one.contender, one.title] as const)));
  const names = [...titles.keys()];
  const head = ["plan", "resources", "bindings", "size", "report", ...names.map((name) => titles.get(name)!)];
  const body = rows.map((row) => [
    row.plan,
    row.resources.toLocaleString("en"),
    row.bindings.toLocaleString("en"),
    `${row.plan_megabytes.toFixed(1)} MB`,
    `${(row.report_bytes / 1e6).toFixed(2)} MB`,
    ...names.map((name) => {
      const one = row.measured.find(({ contender }) => contender === name);
      if (one === undefined) return "–";
      return `${(one.cpu_ms / 1000).toFixed(2)} s (${one.ratio.toFixed(2)} ×, ${String(one.megabytes)} MB)`;
    }),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i >= 1 && i < 5 ? "---:" : "---"));
  return [line(head), line(rule), ...body.map(line)].join("\n") + "\n";
}
