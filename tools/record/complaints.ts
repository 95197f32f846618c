import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import type { Block, Observed, Said } from "../../packages/sandbox/test/provider/complaints/ask";
import { configurationOf, saidOf } from "../../packages/sandbox/test/provider/complaints/ask";
import type { Files, Released } from "./recording";
import { FIXTURES, linesOf } from "./recording";

const FIXTURE = `${FIXTURES}/complaints.json`;

/** Has the released provider validate the blocks of the fixture once more. */
export async function recordComplaints({ config }: Released): Promise<Files> {
  const observed = JSON.parse(readFileSync(join(__dirname, "../..", FIXTURE), "utf8")) as readonly Observed[];
  const blocks = observed.map(([kind, type, body]): Block => [kind, type, body]);
  const [said, skipping] = [
    await ask(config, blocks, {}),
    await ask(config, blocks, { TF_SKIP_RESOURCE_SCHEMA_VALIDATION: "true" }),
  ];
  return { [FIXTURE]: linesOf(blocks.map((block, at) => [...block, said[at], skipping[at]])) };
}

async function ask(config: string, blocks: readonly Block[], more: NodeJS.ProcessEnv): Promise<Said[]> {
  const folder = mkdtempSync(join(tmpdir(), "complaints-"));
  try {
    writeFileSync(join(folder, "main.tf"), configurationOf(blocks));
    const env = { ...terraformEnvironment(), TF_CLI_CONFIG_FILE: config, ...more };
    const ended = await run(terraformBinary(), ["validate", "-json"], { cwd: folder, env });
    return saidOf(ended.stdout.toString(), blocks);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
