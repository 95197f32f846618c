import { setTimeout as sleep } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";

/** A program in a terminal of its own. */
export interface Terminal {
  output(): string;
  write(text: string): void;
  kill(signal: string): void;
  readonly code: Promise<number>;
}

const open = new Set<Terminal>();

/** What a failed test leaves in its terminal would keep the test run itself from ending. */
afterEach(() => {
  for (const terminal of open) terminal.kill("SIGKILL");
});

export function inTerminal(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  cols = 160,
): Terminal {
  const terminal = spawn(file, [...args], { cwd, env: env as Record<string, string>, cols, rows: 50 });
  let output = "";
  terminal.onData((text) => (output += text));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  const one: Terminal = {
    output: () => output,
    write: (text) => terminal.write(text),
    kill: (signal) => terminal.kill(signal),
    code: ended.finally(() => open.delete(one)),
  };
  open.add(one);
  return one;
}

/** A program that has just shown its question may not listen yet, and what is typed then is lost: so it is typed again. */
const TYPE_AGAIN_MS = 3_000;

const UP = "\u001b[A";

/**
 * The list of cdktf takes a return that was typed before it listened for a newline, and moves down: the first choice is chosen
 * again before a return confirms it.
 */
function next(terminal: Terminal, key: string): string {
  const chosen = terminal.output().split("❯ ").at(-1)!;
  return key === "\r" && /^(Dismiss|Stop)/.test(chosen) ? UP : key;
}

/** Types `key`, once more every few seconds, until `what` happens. */
export async function press(terminal: Terminal, key: string, what: () => boolean): Promise<void> {
  terminal.write(next(terminal, key));
  const again = setInterval(() => terminal.write(next(terminal, key)), TYPE_AGAIN_MS);
  try {
    await until(what, () => terminal.output());
  } finally {
    clearInterval(again);
  }
}

/** @param shown what to show when it does not happen within a minute */
export async function until(what: () => boolean, shown: () => string): Promise<void> {
  for (let waited = 0; !what(); waited += 50) {
    if (waited > 60_000) throw new Error(`it did not happen in time: ${what.toString()} ${shown().slice(-1500)}`);
    await sleep(50);
  }
}
