import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readRegularText } from "../../core/regular-file";
import { AnycastError } from "../../core/errors";
import { backendOf, isNamedForSandbox, isOnLoopback } from "./backend";
import { isRecord } from "../../core/is-record";
import type { Backend } from "./backend";
import { isSeeded } from "./seed";
import { localStatePath } from "./state-file";

/** Path of the file that marks the local state next to it as made in the sandbox. */
const marker = (statePath: string): string => `${statePath}.sandbox`;

/**
 * Keeps the sandbox's state and the real one apart. In the sandbox a real resource does not exist, so a refresh would
 * drop it from its state; in the real cloud the sandbox's ids mean nothing. Local states have a marker file. Of other
 * states the sandbox uses only those that are named for it, and those on a server of this machine.
 * @throws AnycastError `StateIsReal`, `StateIsSandbox`, `StateElsewhere`
 */
export function refuseStateOfOtherCloud(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  // Only plans are made then, from a copy: the stack's own state is neither read nor written.
  if (isSeeded(env)) return;
  const backend = backendOf(stackDirectory, env);
  if (env.ANYCAST_SANDBOX) refuseElsewhere(backend, stackDirectory);
  else refuseNamedForSandbox(backend, stackDirectory);
  const path = localStatePath(stackDirectory, env);
  if (path === undefined) return;
  const made = existsSync(marker(path));
  if (!env.ANYCAST_SANDBOX) {
    if (!made || !hasCloudResources(path)) return;
    throw new AnycastError(
      "StateIsSandbox",
      `This state was made in the sandbox, and the run is against the real cloud (at ${path}). Nothing was changed. ` +
        `Fix: run it inside \`anycast sandbox -- …\`, or remove ${path} and ${marker(path)} to begin for real.`,
    );
  }
  if (!made && hasCloudResources(path)) {
    throw new AnycastError(
      "StateIsReal",
      `This state has real resources, and the run is in the sandbox (at ${path}). The sandbox would drop them from it. ` +
        "Nothing was changed. Fix: try the sandbox in a copy of the project without its state.",
    );
  }
  if (made) return;
  // The directory of a new workspace is made by terraform, later.
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(marker(path), "This state was made in the sandbox; nothing in it is real.\n");
}

function refuseNamedForSandbox(backend: Backend, stackDirectory: string): void {
  if (!isNamedForSandbox(backend)) return;
  throw new AnycastError(
    "StateIsSandbox",
    `The state is one of the sandbox by its name, \`anycast-sandbox\` (at ${stackDirectory}), and the run is against the real cloud. Nothing was changed. ` +
      "Fix: run it inside `anycast sandbox --keep-backend -- …`, or give the state another name.",
  );
}

function refuseElsewhere(backend: Backend, stackDirectory: string): void {
  if (backend.kind === "local" || isOnLoopback(backend) || isNamedForSandbox(backend)) return;
  throw new AnycastError(
    "StateElsewhere",
    `The stack has the backend \`${backend.kind}\` (at ${stackDirectory}), and the sandbox would drop real resources from that state. Nothing was changed. ` +
      "Fix: choose the backend with `configureBackend` of this package, which takes a local file inside the sandbox, or with --keep-backend a name of its own; or declare it only while the variable ANYCAST_SANDBOX is not set.",
  );
}

/**
 * Whether a state holds anything that was made by the provider whose cloud the sandbox simulates. One that OpenTofu has
 * encrypted may.
 */
function hasCloudResources(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const state: unknown = JSON.parse(readRegularText(path));
    if (isRecord(state) && state.encrypted_data !== undefined) return true;
    const resources = isRecord(state) && Array.isArray(state.resources) ? state.resources : [];
    return resources.some((resource) => isRecord(resource) && /\/aliyun\/alicloud"/.test(String(resource.provider)));
  } catch {
    // Terraform itself says what is wrong with such a state.
    return false;
  }
}
