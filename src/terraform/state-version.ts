import type { StateVersion } from "../plan";
import { stateVersion } from "../plan";
import { ask } from "./ask";
import { saysError, terraformFailure, withoutColor } from "./failures";
import type { Terraform } from "./terraform";

/**
 * The state as it is now, in an initialised directory; empty where there is none.
 * @throws AnycastError `TerraformFailed`
 */
export async function pullState(terraform: Terraform): Promise<string> {
  // A signal that came before stopped an apply, whose state is looked at now; only one that comes now stops this too.
  const pulled = await ask(terraform, ["state", "pull"], { afterSignal: true });
  const errors = withoutColor(pulled.stderr.toString("utf8"));
  // No state prints nothing as well: where an error was said, the exit code alone does not count.
  if (pulled.exitCode !== 0 || saysError(errors)) {
    throw terraformFailure("state pull", terraform.cwd, errors, terraform.binary);
  }
  return pulled.stdout.toString("utf8");
}

/**
 * The version of the state as it is now, in an initialised directory.
 * @returns undefined when terraform prints no state in the clear
 * @throws AnycastError `TerraformFailed`
 */
export async function currentState(terraform: Terraform): Promise<StateVersion | undefined> {
  return stateVersion(await pullState(terraform));
}
