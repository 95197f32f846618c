import type { AnycastError } from "../../core/errors";
import { refuseSpecialFilesIn } from "../../terraform";
import { apply } from "./apply";
import { check } from "./check";
import { copyPlan, plan } from "./plan";
import { prove, reportUnproven } from "./prove";
import { receiptOf } from "./receipt";
import { refuseUnfitState, refuseUnsettled, restore } from "./recover";
import { show } from "./show";
import type { CheckedPlan, StackRun } from "./stack-run";
import { throwIfStopped } from "./stack-run";

/**
 * Step 1: repairs what killed runs have left, and refuses a state that cannot be planned from.
 * @param init initialises the stack. @default it is initialised
 * @throws AnycastError `NotARegularFile`, `StateEmptied`, `StateNotSaved`, `StateIncomplete`, `DiskFull`, …
 */
export async function settle(run: StackRun, init?: () => Promise<void>): Promise<void> {
  throwIfStopped(run, `before the state of ${run.name} was looked at`);
  refuseSpecialFilesIn(run.terraform.cwd);
  if (run.isSettledElsewhere === true) return refuseUnfitState(run);
  await restore(run);
  await refuseUnfitState(run);
  await init?.();
  await refuseUnsettled(run);
  throwIfStopped(run, `before ${run.name} was planned`);
}

/**
 * Step 2: makes a plan, or takes a given one, shows it, checks it and writes its receipt. The verdict is in the report;
 * nothing is thrown for a refused plan.
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `StateIncomplete`, `Interrupted`, …
 */
export async function planAndCheck(run: StackRun, planFile: string, given?: string): Promise<CheckedPlan> {
  const planned = given === undefined ? await plan(run, planFile) : void copyPlan(given, planFile);
  // The terraform of a killed run may have run until now, and the plan has waited for its lock.
  if (planned !== undefined && run.isSettledElsewhere !== true) await refuseUnsettled(run, true);
  const { json, changes } = await show(run, planFile, planned);
  const report = await check(run, planFile, json);
  const receipt = receiptOf(run, { planFile, json, changes, report });
  return { planFile, json, changes, planned: planned?.planned ?? [], report, receipt };
}

/** Step 3: the approval, when there is something to change. */
export { approve } from "./approve";
export type { Approval } from "./approve";

/**
 * Step 4, once the plan is allowed and approved: applies exactly this plan, and compares the new state with what was
 * proven.
 * @param onBegun called when terraform is about to begin: from here on a part of it may be done
 * @returns `ProofBroken` or `ProofNotMade`; undefined when the state equals what was proven
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
    if (hasBegun) await reportUnproven(run, checked);
    throw thrown;
  }
  return prove(run, checked);
}
