import { run } from "../../core/process";
import { terraformFailure, withoutColor } from "./failures";
import type { Terraform } from "./terraform";

/**
 * The JSON of a saved plan, byte for byte as terraform prints it.
 * @throws AnycastError `TerraformFailed`
 */
export async function showPlan(terraform: Terraform, planFile: string): Promise<Buffer> {
  const shown = await run(terraform.binary, [...(terraform.globals ?? []), "show", "-json", planFile], {
    cwd: terraform.cwd,
    env: terraform.env,
    detached: true,
    onSpawn: (_pid, kill) => void terraform.interruption.listen(() => kill("SIGINT")),
  });
  if (shown.exitCode !== 0) {
    throw terraformFailure("show", terraform.cwd, withoutColor(shown.stderr.toString("utf8")), terraform.binary);
  }
  return shown.stdout;
}
