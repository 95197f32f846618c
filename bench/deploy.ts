/**
 * Measures what the gate adds to a `cdktf deploy` that has nothing to do: `node --import tsx bench/deploy.ts [ROUNDS]`.
 * The same project in the same sandbox, in turns with plain terraform and with anycast-terraform.
 * Writes bench/results/deploy.{json,md}; docs/benchmarks.md shows them.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { run } from "../src/core/process";
import { terraformEnvironment } from "../src/core/terraform-binary";
import type { CloudProject } from "../test/support/cloud-project";
import { makeCloudProject } from "../test/support/cloud-project";
import { median } from "./measure";

const RESULTS = join(__dirname, "results");
const CDKTF = join(__dirname, "..", "node_modules", ".bin", "cdktf");

interface Contender {
  readonly title: string;
  readonly binary: string;
  /** Milliseconds from start to end, and of processor time in cdktf and all it started. */
  readonly runs: { ms: number; cpu_ms: number }[];
}

/** One deploy of a stack that is there already. */
async function deploy(project: CloudProject, binary: string): Promise<{ ms: number; cpu_ms: number }> {
  const env = { ...terraformEnvironment(project.env), TERRAFORM_BINARY_NAME: binary };
  const times = join(project.root, "times");
  // Plain terraform would ask the registry for hashes of a provider that the sandbox serves.
  const args = ["-f", "%e %U %S", "-o", times, CDKTF, "deploy", "it", "--auto-approve", "--skip-provider-lock"];
  const began = process.hrtime.bigint();
  const ended = await run("/usr/bin/time", args, { cwd: project.root, env });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  const gated = ended.stdout.includes("Policy gate: allowed, 1 binding proven.");
  if (ended.exitCode !== 0 || gated !== (binary !== "terraform")) {
    throw new Error(`Expected a deploy with ${binary}, got ${ended.stdout.toString()}${ended.stderr.toString()}`);
  }
  const [, user, system] = readFileSync(times, "utf8").trim().split(" ").map(Number) as [number, number, number];
  return { ms, cpu_ms: Math.round((user + system) * 1000) };
}

/** How much more the second contender takes: of neighbours in time, which had the same machine, so less noise. */
function added([plain, gated]: readonly [Contender, Contender], of: "ms" | "cpu_ms"): number {
  return median(plain.runs.map((one, round) => gated.runs[round]![of] / one[of])) - 1;
}

function table(contenders: readonly [Contender, Contender]): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const rows = contenders.map(({ title, runs }) => {
    const all = runs.map(({ ms }) => ms);
    const cpu = median(runs.map((one) => one.cpu_ms));
    return `| ${title} | ${seconds(median(all))} | ${seconds(Math.min(...all))} | ${seconds(Math.max(...all))} | ${seconds(cpu)} |`;
  });
  const percent = (of: "ms" | "cpu_ms"): string => `${(added(contenders, of) * 100).toFixed(1)} %`;
  return [
    "| `cdktf deploy`, nothing to do | median | fastest | slowest | processor time |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
    `| the gate adds | ${percent("ms")} | | | ${percent("cpu_ms")} |`,
    "",
  ].join("\n");
}

async function main(rounds: number): Promise<void> {
  const project = await makeCloudProject({ it: { type: "intranet" } });
  const contenders: [Contender, Contender] = [
    { title: "plain terraform", binary: "terraform", runs: [] },
    { title: "anycast-terraform", binary: "anycast-terraform", runs: [] },
  ];
  try {
    // The first deploy makes the stack, the second one warms the disk's cache.
    for (const { binary } of contenders.toReversed()) await deploy(project, binary);
    for (let round = 0; round < rounds; round++) {
      // Each round begins with the other, so that what else the machine does falls on both alike.
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const one = await deploy(project, contender.binary);
        contender.runs.push(one);
        process.stderr.write(`${contender.binary} ${one.ms.toFixed(0)} ms, processor ${String(one.cpu_ms)} ms\n`);
      }
    }
  } finally {
    await project.stop();
  }
  const machine = {
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 1e9),
    node: process.version,
    rounds,
    // Far above the number of cores, times say more about the machine than about what is measured.
    load: Number(loadavg()[0]!.toFixed(1)),
  };
  mkdirSync(RESULTS, { recursive: true });
  const result = { machine, added: added(contenders, "ms"), added_cpu: added(contenders, "cpu_ms"), contenders };
  writeFileSync(join(RESULTS, "deploy.json"), JSON.stringify(result, null, 2) + "\n");
  writeFileSync(join(RESULTS, "deploy.md"), table(contenders));
}

if (require.main === module) void main(Number(process.argv[2] ?? 11));
