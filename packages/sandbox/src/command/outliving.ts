import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../start";

/** Pause between two looks, in milliseconds. */
const PAUSE = 100;
/** So many consecutive checks must find no process: terraform starts its helpers one after the other. */
const QUIET_LOOKS = 3;
const TERRAFORM = /^(terraform|tofu)/;

/**
 * Waits for a terraform that still runs after the command that started it has ended (it was killed, or did not wait). Without the
 * provider and the cloud it would fail in the middle of an apply.
 * @param stop aborted when the wait is to end all the same
 * @param onWaiting called once, when there is something to wait for
 */
export async function waitForOutliving(
  sandbox: Pick<Sandbox, "directory" | "connections">,
  stop: AbortSignal,
  onWaiting: (processes: readonly number[]) => void,
): Promise<void> {
  let said = false;
  for (let quiet = 0; quiet < QUIET_LOOKS && !stop.aborted;) {
    const processes = terraformsIn(sandbox.directory);
    const busy = processes.length > 0 || sandbox.connections() > 0;
    quiet = busy ? 0 : quiet + 1;
    if (busy && !said) {
      said = true;
      onWaiting(processes);
    }
    await sleep(PAUSE, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Processes of terraform or OpenTofu that run inside a sandbox. Where the system does not tell, none. */
export function terraformsIn(directory: string): number[] {
  let names: string[];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.filter((name) => isTerraformIn(directory, name)).map(Number);
}

function isTerraformIn(directory: string, pid: string): boolean {
  try {
    if (!TERRAFORM.test(readFileSync(`/proc/${pid}/comm`, "utf8"))) return false;
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`ANYCAST_SANDBOX=${directory}`);
  } catch {
    // It has ended in the meantime, or belongs to another user.
    return false;
  }
}
