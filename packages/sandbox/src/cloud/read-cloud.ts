import { statSync } from "node:fs";
import { SandboxError } from "../errors";
import type { CloudSnapshot } from "./contract";
import { completeOptions } from "./options";
import { snapshotOf } from "./snapshot";
import { directoryOwner } from "./store/directory-lock";
import { loadState } from "./store/files";
import { proveStateDirectory } from "./store/state-directory";

/**
 * Looks at a sandbox's state from outside, without opening it: another process may be running it meanwhile.
 * @throws SandboxError `SandboxStateMissing`, `SandboxStateDamaged`, `SandboxStateUnknown`
 */
export function readCloud(
  directory: string,
  now: number = Date.now(),
): {
  readonly snapshot: CloudSnapshot;
  /** The process that runs it, if one does. */ readonly pid: number | undefined;
} {
  const missing = (cause?: unknown): SandboxError =>
    new SandboxError(
      "SandboxStateMissing",
      `There is no state of a sandbox in \`${directory}\`. Fix: name the directory of a sandbox that was started before.`,
      { cause },
    );
  try {
    statSync(directory);
  } catch (cause) {
    throw missing(cause);
  }
  proveStateDirectory(directory);
  const loaded = loadState(directory);
  if (loaded.accountId === undefined) throw missing();
  loaded.state.expire(now);
  const { settings } = completeOptions({ directory });
  return {
    snapshot: snapshotOf(loaded.state, directory, { ...settings, accountId: loaded.accountId }, now),
    pid: directoryOwner(directory),
  };
}
