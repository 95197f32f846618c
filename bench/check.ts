/**
 * Measures `anycast check` next to its peers on the same plans, in turns: `node --import tsx bench/check.ts [ROUNDS]`.
 * Writes bench/results/check.{json,md,svg}; docs/benchmarks.md shows them.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { chart } from "./chart";
import { type Contender, contenders } from "./contenders";
import { generatePlan, type PlanSize } from "./generate";
import { measure, median } from "./measure";
import { refusedOf } from "./refused";
import type { Row } from "./row";
import { table } from "./table";

const SIZES: readonly PlanSize[] = [
  { resources: 100, bindings: 20 },
  { resources: 1_000, bindings: 200 },
  { resources: 10_000, bindings: 200 },
  { resources: 100_000, bindings: 200 },
  { resources: 100_000, bindings: 20_000 },
];
const RESULTS = join(__dirname, "results");
const TIMEOUT_MS = 120_000;

function isGiven({ most }: Contender, size: PlanSize): boolean {
  return most === undefined || (size.resources <= most.resources && size.bindings <= most.bindings);
}

function measureSize(size: PlanSize, rounds: number, directory: string): Row {
  const plan = join(directory, "plan.json");
  writeFileSync(plan, JSON.stringify(generatePlan(size)));
  const given = contenders().filter((one) => isGiven(one, size));
  const runs = new Map(given.map((one) => [one.name, [] as { ms: number; megabytes: number | undefined }[]]));
  for (let round = 0; round < rounds; round++) {
    // In turns, and each round begins with another, so that what else the machine does falls on all alike.
    for (let i = 0; i < given.length; i++) {
      const contender = given[(i + round) % given.length]!;
      const run = measure(contender.command(plan), TIMEOUT_MS);
      if (!contender.allowed(run))
        throw new Error(
          `Expected ${contender.name} to allow the plan, got exit code ${String(run.exitCode)}: ${run.stderr.slice(0, 500)}`,
        );
      runs.get(contender.name)!.push(run);
      process.stderr.write(
        `${String(size.resources)}/${String(size.bindings)} ${contender.name} ${run.ms.toFixed(0)} ms\n`,
      );
    }
  }
  const ms = (name: string): number => median(runs.get(name)!.map((run) => run.ms));
  return {
    ...size,
    plan_megabytes: statSync(plan).size / 1e6,
    measured: given.map(({ name, title }) => {
      const memory = runs.get(name)!.map((run) => run.megabytes ?? NaN);
      const megabytes = median(memory);
      return {
        contender: name,
        title,
        ms: ms(name),
        megabytes: Number.isNaN(megabytes) ? undefined : megabytes,
        ratio: ms(name) / ms("parse"),
      };
    }),
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

function main(rounds: number): void {
  const directory = mkdtempSync(join(tmpdir(), "anycast-bench-"));
  try {
    proveThatTheyRefuse(directory);
    const rows = SIZES.map((size) => measureSize(size, rounds, directory));
    const machine = { cores: cpus().length, memory_gb: Math.round(totalmem() / 1e9), node: process.version, rounds };
    writeFileSync(join(RESULTS, "check.json"), JSON.stringify({ machine, rows }, null, 2) + "\n");
    writeFileSync(join(RESULTS, "check.md"), table(rows));
    writeFileSync(join(RESULTS, "check.svg"), chart(rows));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (require.main === module) main(Number(process.argv[2] ?? 5));
