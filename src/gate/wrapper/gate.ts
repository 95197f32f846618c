import { resolve } from "node:path";
import { commandName } from "../../core/terraform-binary";
import { lockOwner } from "../../terraform/state";
import { ENDING_MS } from "../recovery";
import { follow, LockWait, READING_GRACE_MS, saysError } from "../../terraform";
import { isDrivenByCdktf } from "./context";
import { explainFailure } from "./explain-failure";
import type { GatedRun } from "./gated-run";
import { settingsOf, throwIfInterrupted } from "./gated-run";
import type * as Judge from "./judge";
import { PlanOutput } from "./plan-output";
import { SafeLines } from "./scanner-safe";
import { refuseUnsettled } from "./unsettled";

export type Planned =
  | { readonly ok: true; readonly exitCode: number }
  /** Terraform has said why. */
  | { readonly ok: false; readonly exitCode: number };

/** Exit code of `plan -detailed-exitcode` when there is something to apply. */
const HAS_CHANGES = 2;

/** Runs `terraform plan` into `planFile`, showing its output. */
export async function makePlan(
  run: GatedRun,
  planFile: string,
  extra: readonly string[],
  show: { readonly as?: string },
): Promise<Planned> {
  const { context, options } = run;
  // Behind cdktf nobody can answer a question about a variable, and it would wait for ever: fail at once instead.
  const input = options.input ?? !isDrivenByCdktf(context.env);
  const output = new PlanOutput({
    write: context.writeOut,
    questions: input,
    planFile,
    ...show,
  });
  const errors = new SafeLines(context.writeErr);
  let said = "";
  const args = ["plan", `-input=${input}`, "-detailed-exitcode", ...extra, ...options.planArgs, `-out=${planFile}`];
  const watch = lockWatch(run);
  const running = follow(run.terraform, args, {
    stdin: input,
    graceMs: READING_GRACE_MS,
    onStdout: (text) => {
      watch.push(text);
      output.push(text);
    },
    onStderr: (text) => {
      said += text;
      errors.push(text);
    },
    onStopping: stopping(run),
  });
  setImmediate(() => prepare(run));
  const ended = await running.finally(() => watch.end());
  output.end();
  errors.end();
  throwIfInterrupted(run);
  // An error that was said is one, whatever the exit code.
  if ((ended.exitCode === 0 || ended.exitCode === HAS_CHANGES) && !saysError(said)) {
    // A killed run's terraform may have been at work until just now: the plan has waited for its lock.
    await refuseUnsettled(run, ENDING_MS);
    return { ok: true, exitCode: ended.exitCode };
  }
  await explainFailure(run, { ...ended, step: "plan", errors: said });
  return { ok: false, exitCode: ended.exitCode || 2 };
}

/** What judges the plan, which is not needed before there is one. */
export function afterPlan(): typeof Judge {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("./judge") as typeof Judge;
}

/** While terraform plans there is time. What goes wrong here goes wrong again, and is told, in the check. */
function prepare(run: GatedRun): void {
  try {
    afterPlan();
    run.context.prepare?.(settingsOf(run));
  } catch {
    // The check says so.
  }
}

/** Watches what terraform prints for its word that it waits for a lock, and then says for whom. */
export function lockWatch({ context, line, messages }: GatedRun): { push(text: string): void; end(): void } {
  const directory = resolve(context.cwd, line.chdir ?? ".");
  const wait = new LockWait({
    what: "the state",
    ownerOf: () => lockOwner(directory, context.env),
    tell: (message) => messages.notice(message),
  });
  return {
    push: (text) =>
      /Acquiring state lock|"state_lock_acquire"/.test(text)
        ? wait.begin()
        : text.trim() === ""
          ? undefined
          : wait.end(),
    end: () => wait.end(),
  };
}

/** Says why a signal seems to do nothing. */
export function stopping({ messages, terraform }: GatedRun): (forceAt: number, count: number) => void {
  const command = commandName(terraform.binary);
  return (forceAt, count) =>
    messages.notice(
      count === 1
        ? `Stopping: waiting for ${command} to finish what it has begun and to write its state.`
        : count < forceAt
          ? `Still waiting for ${command} to write its state. The next signal ends it at once; what it is doing may then be missing from the state.`
          : "",
    );
}
