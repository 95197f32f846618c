import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { HOLES_FILES, plannedOf } from "../../packages/sandbox/test/provider/holes/cases";
import type { PlanJson } from "../../packages/sandbox/test/provider/support/workspace";
import type { Files, Released } from "./recording";
import { FIXTURES, linesOf } from "./recording";
import { DUMMY_KEYS } from "./released";

/** Plans from states with holes in them, with the released provider. */
export async function recordHoles({ config }: Released): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), "holes-"));
  try {
    for (const [name, text] of Object.entries(HOLES_FILES)) writeFileSync(join(folder, name), text);
    const env = { ...terraformEnvironment(), ...DUMMY_KEYS, TF_CLI_CONFIG_FILE: config };
    const terraform = async (...args: readonly string[]): Promise<string> => {
      const ended = await run(terraformBinary(), args, { cwd: folder, env });
      if (ended.exitCode !== 0) throw new Error(`terraform ${args.join(" ")}: ${ended.stderr.toString()}`);
      return ended.stdout.toString();
    };
    await terraform("plan", "-refresh=false", "-input=false", "-out=plan");
    const planned = plannedOf(JSON.parse(await terraform("show", "-json", "plan")) as PlanJson);
    return { [`${FIXTURES}/holes.json`]: linesOf(planned) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
