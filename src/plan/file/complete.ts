import { AnycastError } from "../../core/errors";
import type { JsonObject } from "../json";
import { aboutPlanFile, ArchiveError, planFileDamaged } from "./saved";
import type { PlanFileFacts } from "./saved";
import { markProjection } from "./project";
import { isEncryptedPlan } from "./read-plan";

/**
 * Adds to the JSON of a plan what only its file says. OpenTofu's JSON does not say whether a plan was made with -target or
 * -exclude, and both programs leave the list of changes out of a plan that only refreshes, which has nothing to apply to the cloud.
 * @param plan as `readPlan` gives it
 * @param readFile gives the saved plan file the JSON came from; it is read only when something is missing
 * @throws AnycastError `PlanOfOtherProgram`, `PlanFileDamaged`
 */
export function completedByFile(plan: JsonObject, readFile: () => Buffer, at: string): JsonObject {
  const listed = Object.hasOwn(plan, "resource_changes");
  if (plan.complete === true && listed) return plan;
  const file = readFile();
  // It cannot be read without the key. The rule plan/complete then requires other evidence.
  if (isEncryptedPlan(file)) return plan;
  const facts = factsOf(file, at);
  refuseOtherProgram(facts, Object.hasOwn(plan, "complete") ? "Terraform" : "OpenTofu", at);
  return markProjection({
    ...plan,
    ...(Object.hasOwn(plan, "complete") ? {} : completeness(facts)),
    ...(listed || !facts.refreshOnly ? {} : { resource_changes: [], applyable: false }),
  });
}

/** The completeness of a plan whose JSON has none: Terraform would have written it, so only OpenTofu's plan is complete. */
function completeness({ whole, madeBy }: PlanFileFacts): JsonObject {
  if (!whole) return { complete: false };
  return madeBy === "OpenTofu" ? { complete: true } : {};
}

function factsOf(file: Buffer, at: string): PlanFileFacts {
  try {
    return aboutPlanFile(file);
  } catch (thrown) {
    if (!(thrown instanceof ArchiveError)) throw thrown;
    throw planFileDamaged(thrown, at);
  }
}

/** Both programs read each other's files when their versions are the same, and then leave out unknown parts. */
function refuseOtherProgram({ madeBy, version }: PlanFileFacts, shownBy: string, at: string): void {
  if (madeBy === undefined || madeBy === shownBy) return;
  const command = madeBy === "OpenTofu" ? "tofu" : "terraform";
  throw new AnycastError(
    "PlanOfOtherProgram",
    `${madeBy} ${version} made this saved plan, and ${shownBy} cannot read it (at ${at}). ` +
      `Fix: set TERRAFORM_BINARY_NAME=${command} (or ANYCAST_TERRAFORM, behind anycast-terraform).`,
  );
}
