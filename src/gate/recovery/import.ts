import { run } from "../../core/process";
import { stopped } from "../../core/stopped";
import type { Terraform } from "../../terraform";
import { terraformFailure, withoutColor } from "../../terraform";

export type Imported = "imported" | "absent" | { readonly failed: string };

/**
 * Brings one object into the state, as `terraform import` does; nothing changes in the cloud.
 * @param options what a plan of the stack is given: variables, the patience with a lock
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

/** Marks what was cut off while it was made, so that the next apply makes it again. @returns whether it did */
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
  // What else is wrong with the plan does not matter here.
  if (failure.code === "StateLocked") throw failure;
  return false;
}

/** @returns what it printed when it failed; undefined when it ended well */
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
