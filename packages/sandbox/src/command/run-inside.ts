import { constants } from "node:os";
import { spawn } from "cross-spawn";
import { messageOf, SandboxError, systemCodeOf } from "../errors";
import type { Notice } from "../notice";
import type { Sandbox } from "../start";
import { waitForOutliving } from "./outliving";

export interface RunInsideOptions {
  /** @default the working directory */
  readonly cwd?: string;
  /** The whole environment of the command; `Sandbox.env` is not added to it. */
  readonly env: NodeJS.ProcessEnv;
  /** Called when the command has ended and terraform still runs. @default no listener */
  readonly emit?: (notice: Notice) => void;
}

/** Added to a signal's number when a program was ended by it, as shells do. */
const ENDED_BY_SIGNAL = 128;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command to its end, despite signals: a Ctrl-C reaches it through the terminal, other signals are passed
 * on. The sandbox is not stopped here; a terraform that still runs without the command is awaited.
 * @returns its exit code
 * @throws SandboxError `ProgramNotFound`, `ProgramNotStarted`
 */
export async function runInside(
  sandbox: Pick<Sandbox, "directory" | "connections">,
  command: readonly [string, ...string[]],
  options: RunInsideOptions,
): Promise<number> {
  const code = await runToItsEnd(command, options);
  const stop = new AbortController();
  const end = (): void => stop.abort();
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    await waitForOutliving(sandbox, stop.signal, (processes) => options.emit?.(outlivingNotice(processes)));
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
  return code;
}

async function runToItsEnd(
  [file, ...args]: readonly [string, ...string[]],
  options: RunInsideOptions,
): Promise<number> {
  let pass = (_signal: NodeJS.Signals): unknown => undefined;
  const interrupt = (): void => undefined;
  const terminate = (): unknown => pass("SIGTERM");
  const hangUp = (): unknown => pass("SIGHUP");
  process.on("SIGINT", interrupt).on("SIGTERM", terminate).on("SIGHUP", hangUp);
  try {
    return await new Promise((resolve, reject) => {
      // Programs of npm are scripts on Windows, which only cmd.exe starts: the library does that and quotes the arguments.
      const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: "inherit" });
      pass = (signal) => child.kill(signal);
      child.on("error", (cause) => reject(notStarted(file, cause)));
      child.on("close", (code, signal) =>
        resolve(code ?? ENDED_BY_SIGNAL + (signal === null ? 0 : constants.signals[signal])),
      );
    });
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", terminate).off("SIGHUP", hangUp);
  }
}

function notStarted(file: string, cause: unknown): SandboxError {
  if (systemCodeOf(cause) === "ENOENT") {
    return new SandboxError(
      "ProgramNotFound",
      `The program \`${file}\` was not found on PATH. Fix: install it, or name it by its absolute path.`,
      { cause },
    );
  }
  return new SandboxError("ProgramNotStarted", `The program \`${file}\` could not be started: ${messageOf(cause)}`, {
    cause,
  });
}

const outlivingNotice = (processes: readonly number[]): Notice => ({
  type: "notice",
  level: "warning",
  message: `The command has ended, but terraform${processes.length === 0 ? "" : ` (process ${processes.join(", ")})`} is still running in the sandbox. The sandbox waits for it; Ctrl-C stops it now.`,
});

/** Resolves when the process receives a signal to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of SIGNALS) process.once(signal, () => stop());
  });
}
