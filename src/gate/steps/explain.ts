import { AnycastError } from "../../core/errors";
import { stopped } from "../../core/stopped";
import { commandName } from "../../core/terraform-binary";
import { askLockOwner } from "../../terraform/state";
import type { FollowResult } from "../../terraform";
import {
  keepUnsavedState,
  notConfirmed,
  stateLocked,
  stateNotSaved,
  terraformFailure,
  terraformKilled,
  withoutColor,
} from "../../terraform";
import { settledAfter } from "./recover";
import type { Said, StackRun } from "./stack-run";

/** A step failed. The cause, if there is one, is terraform's own error. */
export class StepFailed extends AnycastError {
  /** Terraform's own exit code; null where a signal ended it. */
  public readonly terraformExitCode: number | null;

  public constructor(error: AnycastError, ended: FollowResult, cause: unknown = error.cause) {
    super(error.code, error.message, { cause, exitCode: error.exitCode, source: error.source });
    this.terraformExitCode = ended.exitCode;
  }
}

/** The error of a failed `terraform init` or `terraform plan`, which changed nothing. */
export async function explain(
  run: StackRun,
  step: "init" | "plan",
  ended: FollowResult,
  said: Pick<Said, "failed" | "errors">,
): Promise<StepFailed> {
  if (ended.signal !== null) return new StepFailed(killed(run, step, ended.signal, "Nothing was changed."), ended);
  const isQuiet = ended.exitCode === 0 && !said.failed;
  const error = isQuiet ? notConfirmed(run.terraform, step, "Nothing was planned.") : await failure(run, step, said);
  return new StepFailed(error, ended);
}

/**
 * The error of an apply that did not complete, with the consequences for the state: what stops the next run comes
 * first, then the signal that stopped this one, then terraform's own error.
 */
export async function explainApply(run: StackRun, ended: FollowResult, said: Said): Promise<StepFailed> {
  const failed = await failedApply(run, ended, said);
  const unsaved = keepUnsavedState(run.directory, run.origin);
  if (unsaved !== undefined) {
    return new StepFailed(stateNotSaved(unsaved, "This run", { localState: run.place.localState }), ended, failed);
  }
  const settled = await settledAfter(run);
  const cause = failed ?? endOf(run, ended, settled === true);
  if (settled instanceof AnycastError) return new StepFailed(settled, ended, cause);
  const { signal } = run.terraform.interruption;
  if (signal === undefined) return new StepFailed(cause, ended);
  const left = settled ? "Its state holds what was done until then." : "";
  const why = { signal, doing: `while ${run.name} was applied`, left: `${left} A new plan shows what is left.`.trim() };
  return new StepFailed(stopped("ApplyInterrupted", why), ended, cause);
}

/** Terraform's own error; undefined where it was killed, or ended without an error. */
async function failedApply(run: StackRun, ended: FollowResult, said: Said): Promise<AnycastError | undefined> {
  const isEnd = ended.exitCode === 0 && !said.failed;
  return ended.signal !== null || isEnd ? undefined : failure(run, "apply", said);
}

function endOf(run: StackRun, { signal }: FollowResult, isSettled: boolean): AnycastError {
  if (signal === null) return notConfirmed(run.terraform, "apply", "The state holds what it did.");
  const left = isSettled ? "Its state holds what was done until then; the new" : "The new";
  return killed(run, "apply", signal, `${left} plan shows what is left.`);
}

const killed = ({ terraform, directory }: StackRun, step: string, signal: string, left: string): AnycastError =>
  terraformKilled(terraform.binary, step, signal, directory, left);

/** Shows terraform's own errors, then makes one error of them; for a lock it names the holder. */
async function failure(run: StackRun, step: string, { errors }: Pick<Said, "errors">): Promise<AnycastError> {
  const known = terraformSaid(run, step, errors);
  if (known.code !== "StateLocked") return known;
  const lock = await askLockOwner(run.directory, run.env);
  return lock === undefined ? known : stateLocked(commandName(run.terraform.binary), run.directory, lock);
}

/** Shows terraform's own errors, then makes one error of them. */
export function terraformSaid(
  { name, directory, front, terraform }: StackRun,
  step: string,
  text: string,
): AnycastError {
  const plain = withoutColor(text);
  for (const line of plain.split("\n").filter((part) => part.trim() !== "")) {
    front.emit({ type: "output", source: "terraform", stack: name, stream: "stderr", line });
  }
  return terraformFailure(step, directory, plain, terraform.binary);
}
