import { setTimeout as sleep } from "node:timers/promises";
import { spawn } from "@cdktf/node-pty-prebuilt-multiarch";

/** A program in a terminal of its own. */
export interface Terminal {
  output(): string;
  write(text: string): void;
  kill(signal: string): void;
  readonly code: Promise<number>;
}

export function inTerminal(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Terminal {
  const terminal = spawn(file, [...args], { cwd, env: env as Record<string, string>, cols: 160, rows: 50 });
  let output = "";
  terminal.onData((text) => (output += text));
  const code = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  return {
    output: () => output,
    write: (text) => terminal.write(text),
    kill: (signal) => terminal.kill(signal),
    code,
  };
}

/** @param shown what to show when it does not happen within a minute */
export async function until(what: () => boolean, shown: () => string): Promise<void> {
  for (let waited = 0; !what(); waited += 50) {
    if (waited > 60_000) throw new Error(`it did not happen in time: ${what.toString()} ${shown().slice(-1500)}`);
    await sleep(50);
  }
}
