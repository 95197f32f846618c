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
  // An earlier signal stopped the apply whose state is read now; only a signal that comes from now on stops this too.
  const pulled = await ask(terraform, ["state", "pull"], { afterSignal: true });
  const errors = withoutColor(pulled.stderr.toString("utf8"));
  // Without a state nothing is printed either, so an error on stderr counts as well as the exit code.
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
