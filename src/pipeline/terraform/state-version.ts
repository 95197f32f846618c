import { run } from "../../core/process";
import type { StateVersion } from "../../plan";
import { stateVersion } from "../../plan";
import { terraformFailure, withoutColor } from "./failures";
import type { Terraform } from "./terraform";

/**
 * The version of the state as it is now, in an initialised directory.
 * @returns undefined when terraform prints no state in the clear
 * @throws AnycastError `TerraformFailed`
 */
export async function currentState(terraform: Terraform): Promise<StateVersion | undefined> {
  const pulled = await run(terraform.binary, [...(terraform.globals ?? []), "state", "pull"], {
    cwd: terraform.cwd,
    env: terraform.env,
    detached: true,
    onSpawn: (_pid, kill) => void terraform.interruption.listen(() => kill("SIGINT")),
  });
  if (pulled.exitCode !== 0) {
    throw terraformFailure("state pull", terraform.cwd, withoutColor(pulled.stderr.toString("utf8")), terraform.binary);
  }
  return stateVersion(pulled.stdout.toString("utf8"));
}
