import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { AnycastError } from "../../core/errors";

/** The place of the local state of a synthesised stack; undefined when the state is kept elsewhere. */
export function localStatePath(stackDirectory: string): string | undefined {
  try {
    const stack = JSON.parse(readFileSync(join(stackDirectory, "cdk.tf.json"), "utf8")) as {
      terraform?: { backend?: { local?: { path?: unknown } } };
    };
    const path = stack.terraform?.backend?.local?.path;
    return typeof path === "string" ? resolve(stackDirectory, path) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Refuses to work on an emptied state: terraform takes a state file of zero bytes for "nothing exists" and would
 * create everything a second time. Killing terraform at the wrong moment leaves one.
 * @throws AnycastError `StateEmptied`
 */
export function refuseEmptiedState(stackDirectory: string): void {
  const path = localStatePath(stackDirectory);
  if (path === undefined || !existsSync(path) || statSync(path).size > 0) return;
  const backup = `${path}.backup`;
  if (!existsSync(backup) || statSync(backup).size === 0) return;
  throw new AnycastError(
    "StateEmptied",
    `Expected the state file to hold the state, got 0 bytes (at ${path}): a run was killed while it wrote. ` +
      `Fix: restore the last good one with \`cp ${backup} ${path}\` and run again; the plan then shows what that run had done since.`,
  );
}
