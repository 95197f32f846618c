import { readRegularFile } from "../core/regular-file";
import { aboutPlanFile, ArchiveError } from "../plan/file/saved";
import type { PlanChanges } from "./plan-changes";

export type PlanOperation = "deploy" | "destroy";

/**
 * What a saved plan was made for, as the file itself says. Where OpenTofu has encrypted the file, the plan's changes
 * decide: a plan that only deletes is treated as a destruction, for which the stricter question is asked.
 */
export function operationOf(planFile: string, changes: PlanChanges): PlanOperation {
  try {
    return aboutPlanFile(readRegularFile(planFile)).destroy ? "destroy" : "deploy";
  } catch (thrown) {
    if (!(thrown instanceof ArchiveError)) throw thrown;
    return changes.onlyDeletes ? "destroy" : "deploy";
  }
}
