import { join, resolve } from "node:path";
import { exitCodeOf } from "../../core/check-report";
import { expectationError } from "../../core/errors";
import { productName } from "../../core/terraform-binary";
import { followRecorded } from "../recovery";
import type { FollowResult } from "../../terraform";
import { notConfirmed, saysError } from "../../terraform";
import type { Question } from "./approval";
import { readAnswer, wordingOf } from "./approval";
import type { Stopped } from "./check-run";
import { checkRun } from "./check-run";
import { isDrivenByCdktf } from "./context";
import { EndWords } from "./end-words";
import { explainFailure } from "./explain-failure";
import type { GatedRun } from "./gated-run";
import { throwIfInterrupted } from "./gated-run";
import { afterPlan, lockWatch, makePlan, stopping } from "./gate";
import { proveRun } from "./prove-run";
import { SafeLines } from "./scanner-safe";
import { placeOf, refuseUnfitState, unsettledAfter } from "./unsettled";

/** `terraform apply` and `terraform destroy`: plan, check, ask, and apply that very plan. */
export async function runApply(run: GatedRun): Promise<number> {
  const { context, line, options, terraform, messages } = run;
  const destroy = options.destroy || line.command === "destroy";
  const cwd = resolve(context.cwd, line.chdir ?? ".");
  await refuseUnfitState(run);
  const stopped = await checkRun(run);
  // The stack that is to blame shows its plan and its verdict as always.
  if (stopped !== undefined && !stopped.isOwn) return refuseForOthers(run, stopped);
  const planFile = join(terraform.directory.path, "checked.tfplan");
  const given = givenPlanFile(run);
  let exitCode: number | undefined;
  if (given === undefined) {
    const extra = [...(destroy ? ["-destroy"] : []), ...(options.refreshOnly ? ["-refresh-only"] : [])];
    const planned = await makePlan(run, planFile, extra, {});
    if (!planned.ok) return planned.exitCode;
    exitCode = planned.exitCode;
  } else {
    // Our own copy: the file may be replaced between the check and the apply.
    afterPlan().copyPlan(resolve(cwd, given), planFile);
  }
  const { hasNothingToApply, judge, refuseOtherPlan } = afterPlan();
  const { report, receipt, changes } = await judge(run, planFile, exitCode);
  if (report.verdict !== "allowed") {
    messages.refused(report, "Nothing was applied.");
    return exitCodeOf(report.verdict);
  }
  if (stopped !== undefined) return refuseForOthers(run, stopped);
  const asks = given === undefined && !options.autoApprove && changes.hasChanges;
  messages.allowed(report, asks);
  if (asks && !(await isApproved(run, destroy ? "destroy" : options.refreshOnly ? "refresh-only" : "apply"))) {
    throwIfInterrupted(run);
    context.writeOut(`\n${destroy ? "Destroy" : "Apply"} cancelled.\n`);
    return 1;
  }
  throwIfInterrupted(run);
  // Hashed again at the last moment: the file that is applied is the file that was checked.
  refuseOtherPlan(receipt, planFile);
  if (given === undefined && !changes.hasChanges && hasNothingToApply(run, planFile)) return 0;
  const code = await applyChecked(run, planFile);
  const against = await proveRun(run, { report, receipt, changes }, code === 0);
  return code === 0 && against !== undefined ? against.exitCode : code;
}

function refuseForOthers({ messages }: GatedRun, { denied, report }: Stopped): number {
  messages.refused(report, "Nothing was applied.", `stops this run because of ${denied.join(", ")}`);
  return exitCodeOf(report.verdict);
}

function givenPlanFile(run: GatedRun): string | undefined {
  const { positional } = run.options;
  if (positional.length === 0) return undefined;
  if (positional.length === 1 && run.line.command === "apply") return positional[0];
  throw expectationError("TooManyArguments", {
    what: `what follows the options of terraform ${run.line.command}`,
    rule: run.line.command === "apply" ? "one saved plan file" : "nothing",
    got: positional.join(" "),
    fix: "put options in front of the plan file.",
  });
}

async function isApproved(run: GatedRun, question: Question): Promise<boolean> {
  const { context, options } = run;
  const color = !options.noColor;
  context.writeOut(
    wordingOf(question, { color, forCdktf: isDrivenByCdktf(context.env), product: productName(run.terraform.binary) }),
  );
  return (await readAnswer(context.stdin, context.interruption)) === "yes";
}

async function applyChecked(run: GatedRun, planFile: string): Promise<number> {
  const { context, messages, options, terraform } = run;
  // By hand the text goes out as it comes, unfinished lines too.
  const lines = (write: (text: string) => void): Pick<SafeLines, "push" | "end"> =>
    isDrivenByCdktf(context.env) ? new SafeLines(write) : { push: write, end: () => undefined };
  const out = lines(context.writeOut);
  const err = lines(context.writeErr);
  const end = new EndWords();
  const watch = lockWatch(run);
  let said = "";
  const isDone = ({ exitCode }: FollowResult): boolean => exitCode === 0 && end.isDone && !saysError(said);
  const ended = await followRecorded(terraform, ["apply", "-input=false", ...options.applyArgs, planFile], {
    place: placeOf(run),
    planFile,
    isDone,
    onNotice: (message) => messages.notice(message),
    onStopping: stopping(run),
    onStdout: (text) => {
      end.push(text);
      watch.push(text);
      out.push(text);
    },
    onStderr: (text) => {
      said += text;
      err.push(text);
    },
  });
  watch.end();
  out.end();
  err.end();
  const against = isDone(ended) ? undefined : await unsettledAfter(run);
  if (context.interruption.signal !== undefined && against === undefined) {
    messages.notice(
      "Stopped by a signal; what was done until then is in the state. Next: run the same command again, its plan shows what is left.",
    );
  }
  if (isDone(ended)) return 0;
  await explainFailure(run, { ...ended, step: "apply", errors: said, isSettled: against === undefined });
  if (ended.exitCode === 0) {
    const left = against === undefined ? "The state holds what it did." : "What the state lacks is told below.";
    messages.failed(notConfirmed(terraform, "apply", left), "");
  }
  if (against !== undefined) messages.failed(against, "");
  return ended.exitCode || 2;
}
