import { dirname } from "node:path";
import { AnycastError } from "../core/errors";
import { run } from "../core/process";
import { terraformBinary, terraformEnvironment } from "../core/terraform-binary";

/**
 * The JSON of a saved plan, by `terraform show -json`, run where the plan was made so that its providers are found.
 * @param directory initialised Terraform directory. @default the plan file's own
 * @throws AnycastError `PlanNotShown`, `ProgramNotFound`
 */
export async function showSavedPlan(
  planFile: string,
  env: NodeJS.ProcessEnv,
  directory: string = dirname(planFile),
): Promise<Buffer> {
  const terraform = terraformBinary(env);
  const shown = await run(terraform, ["show", "-json", planFile], { cwd: directory, env: terraformEnvironment(env) });
  if (shown.exitCode === 0 && shown.stdout.length > 0) return shown.stdout;
  const said = shown.stderr
    .toString("utf8")
    .replace(/\u001b\[[0-9;]*m/g, "")
    .replace(/[│╷╵]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  throw new AnycastError(
    "PlanNotShown",
    `\`${terraform} show -json\` could not read the saved plan (at ${planFile}): ${said || `exit code ${String(shown.exitCode)}`}. Fix: check it in the initialised directory and with the Terraform version that made it.`,
  );
}
