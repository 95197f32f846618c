import { copyFileSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { exitCodeOf } from "../../core/check-report";
import { refuseSpecialFile } from "../../core/regular-file";
import { planAndCheck, settle } from "../steps";
import { refuseOtherPlan } from "../steps/receipt";
import type { GatedRun } from "./gated-run";
import { directoryOf } from "./gated-run";
import { planFileOf } from "./outputs";
import { stackRun } from "./stack-run";

/**
 * `terraform plan`: the plan file appears under its name only once it has been allowed; an older one of that name is
 * removed first, so that it is not applied by mistake.
 */
export async function runPlan(run: GatedRun): Promise<number> {
  const { options, messages } = run;
  const wanted = options.out === undefined ? undefined : resolve(directoryOf(run), options.out);
  if (wanted !== undefined) {
    // A pipe or a device would be replaced by a file.
    refuseSpecialFile(wanted);
    rmSync(wanted, { force: true });
  }
  const stack = stackRun(run, options.out);
  await settle(stack);
  const checked = await planAndCheck(stack, planFileOf(run));
  const { report, changes, planFile } = checked;
  if (report.verdict !== "allowed") {
    messages.refused(report, wanted === undefined ? "Do not apply this plan." : "The plan file was not written.");
    // With -detailed-exitcode a 2 would mean "fine, there are changes".
    return options.detailedExitcode ? 1 : exitCodeOf(report.verdict);
  }
  messages.allowed(report);
  if (wanted !== undefined) {
    refuseOtherPlan(checked);
    moveInto(planFile, wanted);
  }
  return options.detailedExitcode && changes.hasChanges ? 2 : 0;
}

/** Moves by a rename in the same directory, so that no incomplete plan file appears. */
function moveInto(from: string, to: string): void {
  const partial = `${to}.${process.pid}.tmp`;
  try {
    copyFileSync(from, partial);
    renameSync(partial, to);
  } finally {
    rmSync(partial, { force: true });
  }
}
