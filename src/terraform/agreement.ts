import { programPath } from "../core/setup-action-wrapper";
import { AnycastError } from "../core/errors";
import type { ChangeCounts, PlanChanges } from "./plan-changes";
import type { Terraform } from "./terraform";

/** Exit code of `plan -detailed-exitcode` when there is something to apply. */
const HAS_CHANGES = 2;

/**
 * Refuses a plan of which terraform's exit code, its JSON stream and the plan itself say different things. None of them
 * is trusted alone: wrapper scripts change exit codes.
 * @param plan what the plan itself says
 * @param announced what the stream of `plan -json` said in its summary. @default there is no such stream
 * @throws AnycastError `TerraformContradictsItself`
 */
export function refuseOtherCount(
  terraform: Pick<Terraform, "binary" | "env">,
  exitCode: number | null,
  plan: PlanChanges,
  announced: ChangeCounts | "none" | undefined = undefined,
): void {
  if ((exitCode === HAS_CHANGES) !== plan.hasChanges) {
    const says = exitCode === HAS_CHANGES ? "which says that there are changes" : "which says that nothing changes";
    throw contradiction(
      terraform,
      `\`plan -detailed-exitcode\` ended with exit code ${exitCode}, ${says}, but the plan has ${countsText(plan)}`,
    );
  }
  if (announced === undefined) return;
  if (announced === "none") throw contradiction(terraform, "`plan -json` ended well, but without a summary of changes");
  const same = (["add", "change", "remove", "import"] as const).every((of) => announced[of] === plan.counts[of]);
  if (same) return;
  throw contradiction(
    terraform,
    `\`plan -json\` announced ${countsText({ counts: announced })}, but the plan it wrote has ${countsText(plan)}`,
  );
}

/**
 * The error for a command that ended with exit code 0 and did not say that it is done.
 * @param step terraform's command, e.g. `apply`
 * @param left what is known of what it did
 */
export function notConfirmed(terraform: Pick<Terraform, "binary" | "env">, step: string, left: string): AnycastError {
  return contradiction(terraform, `\`${step}\` ended with exit code 0, but it did not say that it is done`, left);
}

function contradiction(
  { binary, env }: Pick<Terraform, "binary" | "env">,
  what: string,
  left = "Nothing was applied.",
): AnycastError {
  return new AnycastError(
    "TerraformContradictsItself",
    `${what} (program: ${programPath(binary, env)}). A script in terraform's place, such as the wrapper of setup-terraform, may have changed the exit code or the output. ${left} ` +
      "Fix: name the program itself with ANYCAST_TERRAFORM, or install it without a wrapper (`terraform_wrapper: false`).",
  );
}

function countsText({ counts, outputsChange }: { counts: ChangeCounts; outputsChange?: boolean }): string {
  const imported = counts.import === 0 ? "" : `, ${counts.import} to import`;
  const outputs = outputsChange === true ? ", and outputs that change" : "";
  return `${counts.add} to add, ${counts.change} to change, ${counts.remove} to destroy${imported}${outputs}`;
}
