import { endGroup } from "../core/end-group";
import type { RunResult } from "../core/process";
import { run } from "../core/process";
import type { Terraform } from "./terraform";

export interface AskOptions {
  /** A signal that came before stopped something else; only one that comes from now on stops this. @default false */
  readonly afterSignal?: boolean;
}

/**
 * Runs a command of terraform that changes nothing, and returns what it printed. A signal to us ends it, even if it
 * ignores signals.
 */
export async function ask(
  { binary, globals = [], cwd, env, interruption }: Terraform,
  args: readonly string[],
  { afterSignal = false }: AskOptions = {},
): Promise<RunResult> {
  let isEarlier = afterSignal && interruption.signal !== undefined;
  const stop: (() => void)[] = [];
  try {
    return await run(binary, [...globals, ...args], {
      cwd,
      env,
      detached: true,
      onSpawn: (pid) => {
        stop.push(
          interruption.listen(() => {
            if (!isEarlier) stop.push(endGroup(pid, "SIGINT"));
            isEarlier = false;
          }),
        );
      },
    });
  } finally {
    for (const one of stop) one();
  }
}
