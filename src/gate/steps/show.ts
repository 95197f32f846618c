import type { PlanChanges } from "../../terraform";
import { changesIn, refuseOtherCount, showPlan } from "../../terraform";
import type { Planned } from "./plan";
import type { StackRun } from "./stack-run";
import { throwIfStopped } from "./stack-run";

/** A plan in JSON, and what it does. */
export interface Shown {
  readonly json: Buffer;
  readonly changes: PlanChanges;
}

/**
 * `terraform show -json` of the plan, which must agree with what terraform printed when it made the plan.
 * @param planned undefined for a plan that was given, not made
 * @throws AnycastError `PlanNotShown`, `TerraformContradictsItself`, `TerraformKilled`, `Interrupted`
 */
export async function show(run: StackRun, planFile: string, planned?: Planned): Promise<Shown> {
  const json = await showPlan(run.terraform, planFile);
  throwIfStopped(run, `before the plan of ${run.name} was checked`);
  const changes = changesIn(json);
  if (planned !== undefined) refuseOtherCount(run.terraform, planned.exitCode, changes, planned.changes);
  return { json, changes };
}
