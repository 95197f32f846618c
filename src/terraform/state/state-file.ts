import { existsSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { readRegularText } from "../../core/regular-file";
import { AnycastError } from "../../core/errors";
import { shellWord } from "../../core/shell-word";
import { isWholeJson } from "../unsaved-state";
import { backendOf } from "./backend";

/** The place of the local state of a stack; undefined when the state is kept elsewhere. */
export function localStatePath(stackDirectory: string, env: NodeJS.ProcessEnv): string | undefined {
  const { kind, config } = backendOf(stackDirectory, env);
  if (kind !== "local") return undefined;
  const text = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
  const workspace = workspaceOf(stackDirectory, env);
  return workspace === "default"
    ? resolve(stackDirectory, text(config.path, STATE_NAME))
    : resolve(stackDirectory, text(config.workspace_dir, `${STATE_NAME}.d`), workspace, STATE_NAME);
}

const STATE_NAME = "terraform.tfstate";

/** The workspace of terraform that is chosen. */
export function workspaceOf(stackDirectory: string, env: NodeJS.ProcessEnv): string {
  if (env.TF_WORKSPACE) return env.TF_WORKSPACE;
  const chosen = join(resolve(stackDirectory, env.TF_DATA_DIR || ".terraform"), "environment");
  return (existsSync(chosen) && readRegularText(chosen).trim()) || "default";
}

/** Whether the state stays where it is when the configuration is copied elsewhere. */
export function keepsStateElsewhere(stackDirectory: string, env: NodeJS.ProcessEnv): boolean {
  const { kind, config } = backendOf(stackDirectory, env);
  return kind !== "local" || (typeof config.path === "string" && isAbsolute(config.path));
}

/**
 * Refuses to work on a state that was cut off while it was written, as a kill or a full disk leaves it. Of zero bytes,
 * terraform would read it as "nothing exists" and create everything a second time.
 * @throws AnycastError `StateEmptied`
 */
export function refuseEmptiedState(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  const path = localStatePath(stackDirectory, env);
  if (path === undefined || !existsSync(path) || isWholeJson(path)) return;
  const { size } = statSync(path);
  const backup = `${path}.backup`;
  const hasBackup = existsSync(backup) && isWholeJson(backup);
  // Before a first apply there may be an empty file, with nothing to lose.
  if (size === 0 && !hasBackup) return;
  throw new AnycastError(
    "StateEmptied",
    `The state file is cut off after ${size} bytes (at ${path}): a run was killed while it wrote, or the disk was full. ` +
      (hasBackup
        ? `Fix: restore the last good one with \`cp ${shellWord(backup)} ${shellWord(path)}\` and run again; the plan then shows what that run had done since.`
        : "Fix: restore it from a backup of yours. Without one, move it away and `terraform import` what that run has made."),
  );
}
