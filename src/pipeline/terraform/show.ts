import { readFileSync } from "node:fs";
import { run } from "../../core/process";
import { planNotShown } from "../../plan";
import type { Terraform } from "./terraform";

/**
 * The JSON of a saved plan, byte for byte as terraform prints it.
 * @throws AnycastError `PlanNotShown`
 */
export async function showPlan(terraform: Terraform, planFile: string): Promise<Buffer> {
  const shown = await run(terraform.binary, [...(terraform.globals ?? []), "show", "-json", planFile], {
    cwd: terraform.cwd,
    env: terraform.env,
    detached: true,
    onSpawn: (_pid, kill) => void terraform.interruption.listen(() => kill("SIGINT")),
  });
  if (shown.exitCode !== 0) throw planNotShown(terraform.binary, planFile, readFileSync(planFile), shown);
  return shown.stdout;
}
