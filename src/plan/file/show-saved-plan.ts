import { dirname } from "node:path";
import { AnycastError } from "../../core/errors";
import { MOST_PLAN } from "../../core/limits";
import type { RunResult } from "../../core/process";
import { runReading } from "../../core/run-reading";
import { commandName, productName, terraformBinary, terraformEnvironment } from "../../core/terraform-binary";
import { aboutPlanFile, ArchiveError } from "./saved";
import type { PlanFileFacts } from "./saved";
import { isEncryptedPlan } from "./read-plan";

/**
 * The JSON of a saved plan, by `terraform show -json`, run where the plan was made so that its providers are found.
 * @param bytes the plan file's content
 * @param directory initialised Terraform directory. @default the plan file's own
 * @throws AnycastError `PlanNotShown`, `OutputTooLarge`, `ProgramNotFound`
 */
export async function showSavedPlan(
  planFile: string,
  bytes: Buffer,
  env: NodeJS.ProcessEnv,
  directory: string = dirname(planFile),
): Promise<Buffer> {
  const terraform = terraformBinary(env);
  const shown = await runReading(terraform, ["show", "-json", planFile], {
    cwd: directory,
    env: terraformEnvironment(env),
    most: MOST_PLAN,
  });
  if (shown.exitCode === 0 && shown.stdout.length > 0) return shown.stdout;
  throw planNotShown(terraform, planFile, bytes, shown);
}

/** Says why a program could not show a saved plan, and which one can. */
export function planNotShown(
  terraform: string,
  planFile: string,
  bytes: Buffer,
  shown: Pick<RunResult, "stderr" | "exitCode">,
): AnycastError {
  const said = shown.stderr
    .toString("utf8")
    .replace(/\u001b\[[0-9;]*m/g, "")
    .replace(/[│╷╵]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.+$/, "");
  return new AnycastError(
    "PlanNotShown",
    `\`${commandName(terraform)} show -json\` could not read the saved plan (at ${planFile}): ${said || `exit code ${String(shown.exitCode)}`}. Fix: ${remedy(terraform, bytes)}`,
  );
}

/** Which programs can read the file, from the file itself. */
function remedy(terraform: string, bytes: Buffer): string {
  if (isEncryptedPlan(bytes)) {
    return `it is encrypted: check it with the TF_ENCRYPTION or encryption block that it was made with${productName(terraform) === "OpenTofu" ? "" : ", and with OpenTofu (TERRAFORM_BINARY_NAME=tofu)"}.`;
  }
  const { madeBy, version } = tryAbout(bytes) ?? {};
  if (madeBy === undefined) {
    return "check it in the initialised directory and with the program and version that made it (TERRAFORM_BINARY_NAME names the program).";
  }
  return `check it in the initialised directory and with ${madeBy} ${version}, which made it${madeBy === productName(terraform) ? "" : ` (TERRAFORM_BINARY_NAME=${commandOf(madeBy)})`}.`;
}

function tryAbout(bytes: Buffer): PlanFileFacts | undefined {
  try {
    return aboutPlanFile(bytes);
  } catch (thrown) {
    if (thrown instanceof ArchiveError) return undefined;
    throw thrown;
  }
}

function commandOf(product: "OpenTofu" | "Terraform"): string {
  return product === "OpenTofu" ? "tofu" : "terraform";
}
