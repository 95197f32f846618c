import { asStep } from "../../core/events";
import { follow, READING_GRACE_MS, saysError } from "../../terraform";
import { explain } from "./explain";
import type { StackRun } from "./stack-run";
import { throwIfStopped } from "./stack-run";

/** The message of Terraform, OpenTofu and HCP Terraform for a completed init. */
const INITIALIZED = /successfully initialized/i;

/**
 * `terraform init`, which installs providers and connects the backend.
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `TerraformContradictsItself`, `Interrupted`
 */
export async function initialize(run: StackRun): Promise<void> {
  let errors = "";
  let said = "";
  const ended = await follow(run.terraform, ["init", "-input=false", "-no-color"], {
    graceMs: READING_GRACE_MS,
    onStdout: (text) => (said += text),
    onStderr: (text) => (errors += text),
  });
  throwIfStopped(run, `while ${run.name} was initialised`);
  const failed = saysError(errors);
  if (ended.exitCode !== 0 || failed || !INITIALIZED.test(said))
    throw await explain(run, "init", ended, { failed, errors });
}

/** The same as a step that is shown. */
export function initStep(run: StackRun, inTurn: (work: () => Promise<void>) => Promise<void>): Promise<void> {
  return asStep(run.front.emit, "init", () => inTurn(() => initialize(run)), run.name);
}
