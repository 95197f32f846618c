import type { AnycastError } from "../../core/errors";
import { apply } from "./apply";
import { check } from "./check";
import { copyPlan, plan } from "./plan";
import { prove, tellUnproven } from "./prove";
import { receiptOf } from "./receipt";
import { refuseUnfitState, refuseUnsettled, restore } from "./recover";
import { show } from "./show";
import type { CheckedPlan, StackRun } from "./stack-run";
import { throwIfStopped } from "./stack-run";

/**
 * First: what killed runs have left is put in order, and a state that nothing can be planned from is refused.
 * @param init initialises the stack. @default it is initialised
 * @throws AnycastError `StateEmptied`, `StateNotSaved`, `StateIncomplete`, `DiskFull`, …
 */
export async function settle(run: StackRun, init?: () => Promise<void>): Promise<void> {
  throwIfStopped(run, `before the state of ${run.name} was looked at`);
  if (run.isLookedAfter === true) return refuseUnfitState(run);
  await restore(run);
  await refuseUnfitState(run);
  await init?.();
  await refuseUnsettled(run);
  throwIfStopped(run, `before ${run.name} was planned`);
}

/**
 * Then: a plan is made, or taken as it was given, shown, checked and noted in a receipt. What it says is in the report;
 * nothing is thrown for a plan that is refused.
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `StateIncomplete`, `Interrupted`, …
 */
export async function planAndCheck(run: StackRun, planFile: string, given?: string): Promise<CheckedPlan> {
  const planned = given === undefined ? await plan(run, planFile) : void copyPlan(given, planFile);
  // A killed run's terraform may have been running until just now: the plan has waited for its lock.
  if (planned !== undefined && run.isLookedAfter !== true) await refuseUnsettled(run, true);
  const { json, changes } = await show(run, planFile, planned);
  const report = await check(run, planFile, json);
  const receipt = receiptOf(run, { planFile, json, changes, report });
  return { planFile, json, changes, planned: planned?.planned ?? [], report, receipt };
}

/** Next: the approval, when there is something to change. */
export { approve } from "./approve";
export type { Approval } from "./approve";

/**
 * Last, once the plan is allowed and approved: exactly this plan is applied, and the new state compared with what was
 * proven.
 * @param onBegun called when terraform is about to begin: from here on a part of it may be done
 * @returns `ProofBroken` or `ProofNotMade`; undefined when what was proven is what is there
 * @throws AnycastError as `apply` does
 */
export async function applyAndProve(
  run: StackRun,
  checked: Pick<CheckedPlan, "planFile" | "report" | "receipt">,
  onBegun: () => void = () => undefined,
): Promise<AnycastError | undefined> {
  let hasBegun = false;
  const begun = (): void => {
    hasBegun = true;
    onBegun();
  };
  try {
    await apply(run, checked, begun);
  } catch (thrown) {
    if (hasBegun) await tellUnproven(run, checked);
    throw thrown;
  }
  return prove(run, checked);
}
