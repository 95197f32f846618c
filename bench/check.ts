/**
 * Measures `anycast check` next to its peers on the same plans, in turns: `node --import tsx bench/check.ts [ROUNDS [CASE...]]`.
 * CASE is a number in bench/cases.ts, from 1 on; without one all are measured. Writes bench/results/check.{json,md,svg}; docs/benchmarks.md shows them. It needs GNU time, and opa and conftest as
 * `go install` puts them.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type Case, CASES } from "./cases";
import { chart } from "./chart";
import { type Contender, contenders } from "./contenders";
import { generatePlan } from "./generate";
import { measure, type Run } from "./measure";
import { refusedOf } from "./refused";
import type { Row } from "./row";
import { table } from "./table";

const RESULTS = join(__dirname, "results");
const TIMEOUT_MS = 120_000;

function isGiven({ most }: Contender, { resources, bindings }: Case): boolean {
  return most === undefined || (resources <= most.resources && bindings <= most.bindings);
}

/** A time counts only with the answer that is right. */
function proveAnswer(contender: Contender, run: Run, { verdict = "allowed", title }: Case): void {
  const allowed = contender.allowed(run);
  const expected = verdict === "allowed" || contender.name === "parse";
  // A simpler policy may refuse what it cannot follow, and allow what it does not look at.
  if (allowed === expected || (run.exitCode !== null && contender.partial === true)) return;
  throw new Error(
    `Expected ${contender.name} to ${expected ? "allow" : "refuse"} the plan (${title}), got exit code ${String(run.exitCode)}: ${run.stderr.slice(0, 500)}`,
  );
}

async function measureCase(one: Case, rounds: number, directory: string): Promise<Row> {
  const plan = join(directory, "plan.json");
  await one.write(plan);
  const given = contenders().filter((contender) => isGiven(contender, one));
  const runs = new Map(given.map((contender) => [contender.name, [] as Run[]]));
  for (let round = 0; round < rounds; round++) {
    // In turns, and each round begins with another, so that what else the machine does falls on all alike.
    for (let i = 0; i < given.length; i++) {
      const contender = given[(i + round) % given.length]!;
      const run = measure(contender.command(plan), TIMEOUT_MS);
      proveAnswer(contender, run, one);
      runs.get(contender.name)!.push(run);
      process.stderr.write(
        `${String(one.resources)} ${one.title}: ${contender.name} ${String(run.cpuMs)} ms, ${String(run.megabytes)} MB\n`,
      );
    }
  }
  const least = (name: string, of: "cpuMs" | "megabytes"): number => Math.min(...runs.get(name)!.map((run) => run[of]));
  return {
    plan: one.title,
    resources: one.resources,
    bindings: one.bindings,
    plan_megabytes: statSync(plan).size / 1e6,
    report_bytes: Buffer.byteLength(runs.get("anycast")![0]!.stdout),
    measured: given.map(({ name, title }) => ({
      contender: name,
      title,
      cpu_ms: least(name, "cpuMs"),
      megabytes: least(name, "megabytes"),
      ratio: least(name, "cpuMs") / least("parse", "cpuMs"),
    })),
  };
}

/** A gate that allows everything would win: all but the parser must refuse a plan with one bad binding. */
function proveThatTheyRefuse(directory: string): void {
  const plan = join(directory, "refused.json");
  writeFileSync(plan, JSON.stringify(refusedOf(generatePlan({ resources: 1_000, bindings: 200 }))));
  for (const contender of contenders()) {
    const allowed = contender.allowed(measure(contender.command(plan), TIMEOUT_MS));
    if (allowed !== (contender.name === "parse")) throw new Error(`Expected ${contender.name} to refuse the bad plan.`);
  }
}

function rowsBefore(): readonly Row[] {
  const path = join(RESULTS, "check.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { rows: Row[] }).rows : [];
}

async function main(rounds: number, numbers: readonly number[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "anycast-bench-"));
  try {
    proveThatTheyRefuse(directory);
    const rows: Row[] = [];
    const before = rowsBefore();
    for (const [i, one] of CASES.entries()) {
      const isMeasured = numbers.length === 0 || numbers.includes(i + 1);
      if (isMeasured) rows.push(await measureCase(one, rounds, directory));
      else rows.push(...before.filter((row) => row.plan === one.title && row.resources === one.resources));
    }
    const machine = { cores: cpus().length, memory_gb: Math.round(totalmem() / 1e9), node: process.version, rounds };
    writeFileSync(join(RESULTS, "check.json"), JSON.stringify({ machine, rows }, null, 2) + "\n");
    writeFileSync(join(RESULTS, "check.md"), table(rows));
    writeFileSync(join(RESULTS, "check.svg"), chart(rows));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (require.main === module) void main(Number(process.argv[2] ?? 5), process.argv.slice(3).map(Number));
