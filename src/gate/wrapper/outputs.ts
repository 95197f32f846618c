import { defined } from "../../core/defined";
import { join } from "node:path";
import { lockOwner } from "../../terraform/state";
import { LockWait, saysError } from "../../terraform";
import type { StepOutput } from "../steps/stack-run";
import type { CheckSettings } from "./context";
import { isDrivenByCdktf } from "./context";
import { ApplyCompletion } from "./apply-completion";
import type { GatedRun } from "./gated-run";
import { directoryOf } from "./gated-run";
import { PlanOutput } from "./plan-output";
import { SafeLines } from "./scanner-safe";

/** Path of our own plan file, which is used until the plan is allowed. */
export const planFileOf = ({ terraform }: GatedRun): string => join(terraform.directory.path, "checked.tfplan");

/**
 * Shows what `terraform plan` prints.
 * @param as the name that the user gave to the plan file. @default the file is ours
 */
export function listenToPlan(run: GatedRun, settings: CheckSettings, as?: string): StepOutput {
  const { context, options } = run;
  const output = new PlanOutput({
    write: context.writeOut,
    questions: options.input ?? !isDrivenByCdktf(context.env),
    planFile: planFileOf(run),
    ...defined({ as }),
  });
  // Done while terraform plans. An error here occurs again in the check, which reports it.
  setImmediate(() => {
    try {
      context.prepare?.(settings);
    } catch {
      // The check reports it.
    }
  });
  return listen(run, output, new SafeLines(context.writeErr), () => false);
}

/** Shows what `terraform apply` prints: by hand as it comes, unfinished lines too. */
export function listenToApply(run: GatedRun): StepOutput {
  const { context } = run;
  const lines = (write: (text: string) => void): Lines =>
    isDrivenByCdktf(context.env) ? new SafeLines(write) : { push: write, end: () => undefined };
  const completion = new ApplyCompletion();
  const shown = lines(context.writeOut);
  const out: Lines = {
    push: (text) => {
      completion.push(text);
      shown.push(text);
    },
    end: () => shown.end(),
  };
  return listen(run, out, lines(context.writeErr), () => completion.isDone);
}

type Lines = Pick<SafeLines, "push" | "end">;

function listen(run: GatedRun, out: Lines, err: Lines, isDone: () => boolean): StepOutput {
  const wait = lockWait(run);
  let errors = "";
  return {
    out: (text) => {
      // Terraform's message that it waits for a lock; the next output shows that it continues.
      if (/Acquiring state lock|"state_lock_acquire"/.test(text)) wait.begin();
      else if (text.trim() !== "") wait.end();
      out.push(text);
    },
    err: (text) => {
      errors += text;
      err.push(text);
    },
    end: () => {
      wait.end();
      out.end();
      err.end();
      return { isDone: isDone(), failed: saysError(errors), errors };
    },
  };
}

function lockWait(run: GatedRun): LockWait {
  return new LockWait({
    what: "the state",
    ownerOf: () => lockOwner(directoryOf(run), run.context.env),
    tell: (message) => run.messages.notice(message),
  });
}
