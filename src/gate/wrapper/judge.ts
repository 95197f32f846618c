import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile } from "../../core/regular-file";
import type { CheckReport } from "../../core/check-report";
import { leavesStateAlone, readPlanFile } from "../../plan";
import type { Receipt } from "../receipt";
import { compareWithReceipt, makeReceipt, sha256OfFile, signingKey, writeReceipt } from "../receipt";
import type { PlanChanges } from "../../terraform";
import { abortedBy, changesIn, refuseOtherCount, showPlan } from "../../terraform";
import { isDrivenByCdktf } from "./context";
import type { GatedRun } from "./gated-run";
import { settingsOf, throwIfInterrupted } from "./gated-run";

/** The verdict on a saved plan, and what exactly was judged. */
export interface Judged {
  readonly changes: PlanChanges;
  readonly report: CheckReport;
  readonly receipt: Receipt;
}

/**
 * Checks a saved plan and writes the receipt.
 * @param exitCode that of `plan -detailed-exitcode`. @default the plan was given, not made
 */
export async function judge(run: GatedRun, planFile: string, exitCode?: number): Promise<Judged> {
  const { context, line, terraform } = run;
  const settings = settingsOf(run);
  const { cwd, config } = settings;
  const json = await showPlan(terraform, planFile);
  throwIfInterrupted(run);
  const changes = changesIn(json);
  if (exitCode !== undefined) refuseOtherCount(terraform, exitCode, changes);
  const stack = stackNameOf(cwd);
  const report = await context.check([{ name: stack, json, planFile, cwd }], {
    emit: (event) => {
      if (event.type === "notice" && event.level === "warning") run.messages.notice(event.message);
    },
    ...settings,
    stop: abortedBy(context.interruption),
  });
  const operation = line.command === "destroy" || run.options.destroy ? "destroy" : "deploy";
  const { env } = context;
  const receipt = makeReceipt({
    stack,
    operation,
    stackDirectory: cwd,
    planFile,
    json,
    report,
    config,
    env,
    hasChanges: changes.hasChanges,
    changes: changes.counts,
  });
  const data = join(cwd, ".terraform");
  if (existsSync(data)) writeReceipt(join(data, "anycast-receipt.json"), receipt, signingKey(undefined, env));
  return { report, receipt, changes };
}

/**
 * Copies a plan that was given, so that it cannot be replaced between the check and the apply.
 * @throws AnycastError `PlanNotFound`, `PlanIsADirectory`, `PlanNotReadable`, `NotARegularFile`
 */
export function copyPlan(from: string, to: string): void {
  writeFileSync(to, Buffer.from(readPlanFile(from)), { mode: 0o600 });
}

/** `cdktf.out/stacks/NAME` is what people know the plan by. */
function stackNameOf(cwd: string): string {
  return /[\\/]stacks[\\/]([^\\/]+)[\\/]?$/.exec(cwd)?.[1] ?? "plan";
}

/** @throws AnycastError when the plan file is not the one that was judged */
export function refuseOtherPlan(receipt: Receipt, planFile: string): void {
  compareWithReceipt(receipt, { plan: sha256OfFile(planFile) });
}

/**
 * A plan that would change neither the cloud nor the state is not handed to terraform once more: it would start, ask
 * the provider for its schema, and do nothing. By hand it is, because its outputs are then shown; cdktf asks for them.
 */
export function hasNothingToApply({ context, line, options }: GatedRun, planFile: string): boolean {
  const isPlain = line.command === "apply" && !options.destroy && !options.refreshOnly && !options.json;
  if (!isPlain || !isDrivenByCdktf(context.env) || !leavesStateAlone(readRegularFile(planFile))) return false;
  context.writeOut("\nApply complete! Resources: 0 added, 0 changed, 0 destroyed.\n");
  return true;
}
