import { writeFileSync } from "node:fs";
import { asStep } from "../../core/events";
import { readPlanFile } from "../../plan";
import { seedOptions } from "../../terraform/state";
import { follow, READING_GRACE_MS } from "../../terraform";
import { explain } from "./explain";
import type { Said, StackRun } from "./stack-run";
import { throwIfStopped } from "./stack-run";
import { stoppingNotice } from "./stopping";

/** The result of `terraform plan`, from its output and its exit code. */
export interface Planned extends Said {
  readonly exitCode: number;
}

/** Exit code of `plan -detailed-exitcode` when there is something to apply. */
const HAS_CHANGES = 2;

/**
 * `terraform plan` into a file.
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `Interrupted`
 */
export function plan(run: StackRun, planFile: string): Promise<Planned> {
  return asStep(run.front.emit, "plan", () => makePlan(run, planFile), run.name);
}

async function makePlan(run: StackRun, planFile: string): Promise<Planned> {
  const { passed, terraform, input = false } = run;
  const output = run.front.listen("plan");
  const args = ["plan", `-input=${input}`, "-detailed-exitcode", `-out=${planFile}`];
  args.push(...passed.plan, ...seedOptions(run.directory, run.env, terraform.directory.path));
  const ended = await follow(terraform, args, {
    stdin: input,
    graceMs: READING_GRACE_MS,
    onStdout: output.out,
    onStderr: output.err,
    onStopping: stoppingNotice(run),
  }).finally(() => output.end());
  throwIfStopped(run, `while ${run.name} was planned`);
  const said = output.end();
  // A printed error counts, even with exit code 0.
  if ((ended.exitCode !== 0 && ended.exitCode !== HAS_CHANGES) || said.failed)
    throw await explain(run, "plan", ended, said);
  return { ...said, exitCode: ended.exitCode };
}

/**
 * Copies a given plan, so that it cannot be replaced between the check and the apply.
 * @throws AnycastError `PlanNotFound`, `PlanIsADirectory`, `PlanNotReadable`, `NotARegularFile`
 */
export function copyPlan(from: string, to: string): void {
  writeFileSync(to, Buffer.from(readPlanFile(from)), { mode: 0o600 });
}
