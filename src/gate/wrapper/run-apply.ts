import { resolve } from "node:path";
import { exitCodeOf } from "../../core/check-report";
import { expectationError } from "../../core/errors";
import { readRegularFile } from "../../core/regular-file";
import { productName } from "../../core/terraform-binary";
import { leavesStateAlone } from "../../plan";
import { applyAndProve, approve, planAndCheck, settle } from "../steps";
import { refuseOtherPlan } from "../steps/receipt";
import { throwIfStopped } from "../steps/stack-run";
import type { Question } from "./approval";
import { readAnswer, wordingOf } from "./approval";
import type { Stopped } from "./check-run";
import { checkRun } from "./check-run";
import { isDrivenByCdktf } from "./context";
import type { GatedRun } from "./gated-run";
import { destroys, directoryOf } from "./gated-run";
import { planFileOf } from "./outputs";
import { stackRun } from "./stack-run";

/** `terraform apply` and `terraform destroy`: plan, check, ask, and apply exactly that plan. */
export async function runApply(run: GatedRun): Promise<number> {
  const { context, options, messages } = run;
  const stack = stackRun(run);
  await settle(stack);
  const stopped = await checkRun(run);
  // The refused stack shows its plan and its verdict as usual.
  if (stopped !== undefined && !stopped.isOwn) return refuseForOthers(run, stopped);
  const given = givenPlanFile(run);
  const checked = await planAndCheck(stack, planFileOf(run), given);
  const { report, changes } = checked;
  if (report.verdict !== "allowed") {
    messages.refused(report, "Nothing was applied.");
    return exitCodeOf(report.verdict);
  }
  if (stopped !== undefined) return refuseForOthers(run, stopped);
  const asks = given === undefined && !options.autoApprove && changes.hasChanges;
  messages.allowed(report, asks);
  const approval = await approve(asks, context.interruption, () => isApproved(run));
  throwIfStopped(stack, `before ${stack.name} was applied`);
  if (approval !== "given") {
    context.writeOut(`\n${destroys(run) ? "Destroy" : "Apply"} cancelled.\n`);
    return 1;
  }
  if (given === undefined && !changes.hasChanges && hasNothingToApply(run)) {
    refuseOtherPlan(checked);
    context.writeOut("\nApply complete! Resources: 0 added, 0 changed, 0 destroyed.\n");
    return 0;
  }
  const against = await applyAndProve(stack, checked);
  if (against !== undefined) messages.failed(against, "");
  return against?.exitCode ?? 0;
}

function refuseForOthers({ messages }: GatedRun, { denied, report }: Stopped): number {
  messages.refused(report, "Nothing was applied.", `stops this run because of ${denied.join(", ")}`);
  return exitCodeOf(report.verdict);
}

function givenPlanFile(run: GatedRun): string | undefined {
  const { positional } = run.options;
  if (positional.length === 0) return undefined;
  if (positional.length === 1 && run.line.command === "apply") return resolve(directoryOf(run), positional[0]!);
  throw expectationError("TooManyArguments", {
    what: `what follows the options of terraform ${run.line.command}`,
    rule: run.line.command === "apply" ? "one saved plan file" : "nothing",
    got: positional.join(" "),
    fix: "put options in front of the plan file.",
  });
}

async function isApproved(run: GatedRun): Promise<boolean> {
  const { context, options } = run;
  const question: Question = destroys(run) ? "destroy" : options.refreshOnly ? "refresh-only" : "apply";
  const product = productName(run.terraform.binary);
  context.writeOut(wordingOf(question, { color: !options.noColor, forCdktf: isDrivenByCdktf(context.env), product }));
  return (await readAnswer(context.stdin, context.interruption)) === "yes";
}

/**
 * Whether an apply can be skipped: behind cdktf, a plan that changes neither the cloud nor the state would only start
 * terraform and the provider for nothing. Without cdktf it is applied, because terraform then shows the outputs.
 */
function hasNothingToApply(run: GatedRun): boolean {
  const { context, line, options } = run;
  const isPlain = line.command === "apply" && !options.destroy && !options.refreshOnly && !options.json;
  return isPlain && isDrivenByCdktf(context.env) && leavesStateAlone(readRegularFile(planFileOf(run)));
}
