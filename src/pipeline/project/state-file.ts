import { existsSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { AnycastError } from "../../core/errors";
import { backendOf } from "./backend";

/** The place of the local state of a synthesised stack; undefined when the state is kept elsewhere. */
export function localStatePath(stackDirectory: string, env: NodeJS.ProcessEnv): string | undefined {
  const { kind, config } = backendOf(stackDirectory, env);
  return kind === "local" && typeof config.path === "string" ? resolve(stackDirectory, config.path) : undefined;
}

/** Whether the state stays where it is when the configuration is copied elsewhere. */
export function keepsStateElsewhere(stackDirectory: string, env: NodeJS.ProcessEnv): boolean {
  const { kind, config } = backendOf(stackDirectory, env);
  return kind !== "local" || (typeof config.path === "string" && isAbsolute(config.path));
}

/**
 * Refuses to work on an emptied state: terraform takes a state file of zero bytes for "nothing exists" and would
 * create everything a second time. Killing terraform at the wrong moment leaves one.
 * @throws AnycastError `StateEmptied`
 */
export function refuseEmptiedState(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  const path = localStatePath(stackDirectory, env);
  if (path === undefined || !existsSync(path) || statSync(path).size > 0) return;
  const backup = `${path}.backup`;
  if (!existsSync(backup) || statSync(backup).size === 0) return;
  throw new AnycastError(
    "StateEmptied",
    `Expected the state file to hold the state, got 0 bytes (at ${path}): a run was killed while it wrote. ` +
      `Fix: restore the last good one with \`cp ${backup} ${path}\` and run again; the plan then shows what that run had done since.`,
  );
}
