import { run } from "../../core/process";
import { stopped } from "../../core/stopped";
import type { Terraform } from "../../terraform";
import { terraformFailure, withoutColor } from "../../terraform";

export type Imported = "imported" | "absent" | { readonly failed: string };

/**
 * Brings one object into the state, as `terraform import` does; nothing changes in the cloud.
 * @param options those of a plan of the stack: variables, the lock timeout
 * @throws AnycastError `StateLocked`
 */
export async function importObject(
  terraform: Terraform,
  address: string,
  id: string,
  options: readonly string[],
): Promise<Imported> {
  const text = await inTerraform(terraform, ["import", "-input=false", "-no-color", ...options, address, id]);
  if (text === undefined) return "imported";
  const oneLine = text.replace(/[\s│]+/g, " ");
  if (/Cannot import non-existent remote object/.test(oneLine)) return "absent";
  const failure = terraformFailure("import", terraform.cwd, text, terraform.binary);
  if (failure.code === "StateLocked") throw failure;
  return { failed: /Error: (.{0,300})/.exec(oneLine)?.[1] ?? "terraform import failed" };
}

/** Taints an object whose creation was interrupted, so that the next apply replaces it. @returns whether that succeeded */
export async function taint(terraform: Terraform, address: string, lock: readonly string[]): Promise<boolean> {
  return (await inTerraform(terraform, ["taint", "-no-color", ...lock, address])) === undefined;
}

/**
 * Plans with the state as it is, without asking the cloud about what it holds.
 * @param planFile where to write the plan
 * @returns whether there is a plan
 * @throws AnycastError `StateLocked`
 */
export async function planAsItIs(
  terraform: Terraform,
  options: readonly string[],
  planFile?: string,
): Promise<boolean> {
  const out = planFile === undefined ? [] : [`-out=${planFile}`];
  const text = await inTerraform(terraform, [
    "plan",
    "-refresh=false",
    "-input=false",
    "-no-color",
    ...out,
    ...options,
  ]);
  if (text === undefined) return true;
  const failure = terraformFailure("plan", terraform.cwd, text, terraform.binary);
  // Other errors of the plan do not matter here.
  if (failure.code === "StateLocked") throw failure;
  return false;
}

/** @returns what it printed when it failed; undefined when it succeeded */
async function inTerraform(terraform: Terraform, args: readonly string[]): Promise<string | undefined> {
  const { signal } = terraform.interruption;
  if (signal !== undefined) {
    throw stopped("Interrupted", {
      signal,
      doing: "while objects were imported",
      left: "What was imported until then is in the state.",
    });
  }
  const ended = await run(terraform.binary, [...(terraform.globals ?? []), ...args], {
    cwd: terraform.cwd,
    env: terraform.env,
    detached: true,
    onSpawn: (_pid, kill) => void terraform.interruption.listen(() => kill("SIGINT")),
  });
  return ended.exitCode === 0 ? undefined : withoutColor(`${ended.stderr.toString()}\n${ended.stdout.toString()}`);
}
