import { readRegularFile } from "../core/regular-file";
import { stopped } from "../core/stopped";
import type * as Plan from "../plan";
import { ask } from "./ask";
import { terraformKilled } from "./failures";
import type { Terraform } from "./terraform";

/**
 * The JSON of a saved plan, byte for byte as terraform prints it.
 * @throws AnycastError `PlanNotShown`, `TerraformKilled`, `Interrupted`
 */
export async function showPlan(terraform: Terraform, planFile: string): Promise<Buffer> {
  const shown = await ask(terraform, ["show", "-json", planFile]);
  if (shown.exitCode === 0) return shown.stdout;
  const { signal } = terraform.interruption;
  if (signal !== undefined) {
    throw stopped("Interrupted", { signal, doing: "while the plan was read" });
  }
  if (shown.signal !== null) {
    throw terraformKilled(terraform.binary, "show", shown.signal, terraform.cwd, "Nothing was changed.");
  }
  // Loaded late: before a plan is made, the plan reader is not needed.
  const { planNotShown } = require("../plan") as typeof Plan;
  throw planNotShown(terraform.binary, planFile, readRegularFile(planFile), shown);
}
