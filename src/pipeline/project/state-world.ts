import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { AnycastError } from "../../core/errors";
import { isRecord } from "./cdktf-json";
import { isSeeded } from "./seed";
import { localStatePath } from "./state-file";

/** Stands beside a local state that was made in the sandbox. */
const marker = (statePath: string): string => `${statePath}.sandbox`;

/**
 * Keeps the sandbox's state and the real one apart. In the sandbox a real resource does not exist, so a refresh would
 * drop it from its state; in the real cloud the sandbox's ids mean nothing. Only local states can be told apart.
 * @throws AnycastError `StateIsReal`, `StateIsSandbox`
 */
export function refuseOtherWorld(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  // Only plans are made then, from a copy: the stack's own state is neither read nor written.
  if (isSeeded(env)) return;
  const path = localStatePath(stackDirectory);
  if (path === undefined) return;
  const made = existsSync(marker(path));
  if (!env.ANYCAST_SANDBOX) {
    if (!made || !hasCloudResources(path)) return;
    throw new AnycastError(
      "StateIsSandbox",
      `Expected a state of the real cloud, got one that was made in the sandbox (at ${path}). Nothing was changed. ` +
        `Fix: run it inside \`anycast sandbox -- …\`, or remove ${path} and ${marker(path)} to begin for real.`,
    );
  }
  if (!made && hasCloudResources(path)) {
    throw new AnycastError(
      "StateIsReal",
      `Expected a state that was made in the sandbox, got one with real resources (at ${path}). The sandbox would drop them from it. ` +
        "Nothing was changed. Fix: try the sandbox in a copy of the project without its state.",
    );
  }
  if (!made) writeFileSync(marker(path), "This state was made in the sandbox; nothing in it is real.\n");
}

/** Whether a state holds anything that was made by the provider whose cloud the sandbox simulates. */
function hasCloudResources(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const state: unknown = JSON.parse(readFileSync(path, "utf8"));
    const resources = isRecord(state) && Array.isArray(state.resources) ? state.resources : [];
    return resources.some((resource) => isRecord(resource) && /\/aliyun\/alicloud"/.test(String(resource.provider)));
  } catch {
    // Terraform itself says what is wrong with such a state.
    return false;
  }
}
