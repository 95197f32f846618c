import { copyFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { exitCodeOf } from "../../core/check-report";
import { seedOptions } from "../../terraform/state";
import type { GatedRun } from "./gated-run";
import { afterPlan, makePlan } from "./gate";
import { refuseUnfitState } from "./unsettled";

/**
 * `terraform plan`: the plan file appears under its name only once it has been allowed; an older one of that name is
 * removed first, so that nobody applies it by mistake.
 */
export async function runPlan(run: GatedRun): Promise<number> {
  const { context, line, options, terraform, messages } = run;
  const cwd = resolve(context.cwd, line.chdir ?? ".");
  const wanted = options.out === undefined ? undefined : resolve(cwd, options.out);
  if (wanted !== undefined) rmSync(wanted, { force: true });
  await refuseUnfitState(run);
  const planFile = join(terraform.directory.path, "checked.tfplan");
  const extra = [...(options.destroy ? ["-destroy"] : []), ...(options.refreshOnly ? ["-refresh-only"] : [])];
  const seeded = seedOptions(cwd, context.env, terraform.directory.path);
  const planned = await makePlan(
    run,
    planFile,
    [...extra, ...seeded],
    options.out === undefined ? {} : { as: options.out },
  );
  if (!planned.ok) return planned.exitCode;
  const { judge, refuseOtherPlan } = afterPlan();
  const { report, receipt, changes } = await judge(run, planFile, planned.exitCode);
  if (report.verdict !== "allowed") {
    messages.refused(report, wanted === undefined ? "Do not apply this plan." : "The plan file was not written.");
    // With -detailed-exitcode a 2 would mean "fine, there are changes".
    return options.detailedExitcode ? 1 : exitCodeOf(report.verdict);
  }
  messages.allowed(report);
  if (wanted !== undefined) {
    refuseOtherPlan(receipt, planFile);
    moveInto(planFile, wanted);
  }
  return options.detailedExitcode && changes.hasChanges ? 2 : 0;
}

/** Into place by a rename in the same directory: never a part of a plan file. */
function moveInto(from: string, to: string): void {
  const partial = `${to}.${process.pid}.tmp`;
  try {
    copyFileSync(from, partial);
    renameSync(partial, to);
  } finally {
    rmSync(partial, { force: true });
  }
}
