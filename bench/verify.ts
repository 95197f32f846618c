/**
 * How often `anycast verify` is wrong: without sockets many thousand times, on real sockets some hundred times.
 * `node --conditions=anycast-source --import tsx bench/verify.ts [RUNS [RUNS ON SOCKETS]]` writes bench/results/verify.{json,md}
 * and the table in docs/verify.md. On sockets it takes a quarter of an hour, and an idle machine.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { SCENARIOS } from "./verify/paths";
import type { Scenario } from "./verify/paths";
import { tallyRuns } from "./verify/runs";
import type { Tally } from "./verify/runs";
import { simulateRuns } from "./verify/simulate";

const ROOT = join(__dirname, "..");
const SEED = 20;
const FACTORS = [1, 0.95, 0.9];

interface Row {
  readonly scenario: string;
  readonly factor: number;
  readonly simulated: Tally;
  readonly measured?: Tally;
  readonly late_ms?: number;
}

async function rowOf(scenario: Scenario, factor: number, runs: number, onSockets: number): Promise<Row> {
  const simulated = simulateRuns(scenario, { factor, runs, samples: 160, seed: SEED });
  const row = { scenario: scenario.name, factor, simulated };
  if (onSockets === 0 || factor === 0.95) return row;
  const shared = { factor, runs: onSockets, samples: 160, baseMs: 180, durationMs: 75_000, parallel: onSockets };
  const { tally, lateMs } = await tallyRuns(scenario, { ...shared, seed: SEED });
  return { ...row, measured: tally, late_ms: lateMs };
}

function table(rows: readonly Row[]): string {
  const count = (tally: Tally): number => Object.values(tally).reduce((sum, one) => sum + one, 0);
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
  const found = (tally: Tally | undefined, factor: number): string => {
    if (tally === undefined) return "";
    const { faster, slower } = tally;
    return factor === 1 ? percent(faster + slower, count(tally)) : percent(faster, count(tally));
  };
  const [runs, onSockets] = [count(rows[0]!.simulated), rows.find(({ measured }) => measured !== undefined)?.measured];
  const head = [
    "paths",
    "accelerated is",
    "what counts",
    "asked for",
    `simulated, ${runs} runs`,
    ...(onSockets === undefined ? [] : [`real sockets, ${count(onSockets)} runs`]),
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const body = rows.map(({ scenario, factor, simulated, measured }) => {
    const { falseClaims, found: least } = SCENARIOS.find(({ name }) => name === scenario)!;
    const wanted = factor === 1 ? `at most ${falseClaims} %` : factor === 0.9 ? `at least ${least} %` : "";
    return line([
      scenario,
      factor === 1 ? "the same" : `${Math.round((1 - factor) * 100)} % faster`,
      factor === 1 ? "`faster` or `slower`" : "`faster`",
      wanted,
      found(simulated, factor),
      ...(onSockets === undefined ? [] : [found(measured, factor)]),
    ]);
  });
  return [line(head), line(head.map(() => "---")), ...body].join("\n");
}

async function main([runs = "1000", onSockets = "40"]: readonly string[]): Promise<void> {
  const rows: Row[] = [];
  for (const scenario of SCENARIOS)
    for (const factor of scenario.found === undefined ? [1] : FACTORS) {
      rows.push(await rowOf(scenario, factor, Number(runs), Number(onSockets)));
      console.log(JSON.stringify(rows.at(-1)));
    }
  const text = table(rows);
  writeFileSync(join(ROOT, "bench/results/verify.json"), `${JSON.stringify(rows, undefined, 2)}\n`);
  writeFileSync(join(ROOT, "bench/results/verify.md"), `${text}\n`);
  const page = join(ROOT, "docs/verify.md");
  const before = readFileSync(page, "utf8");
  const after = before.replace(
    /(<!-- rates: [^>]*-->\n)[^]*?(\n<!-- end -->)/,
    (_all, begin: string, end: string) => `${begin}\n${text}\n${end}`,
  );
  writeFileSync(page, await format(after, { ...(await resolveConfig(page)), filepath: page }));
}

void main(process.argv.slice(2));
