import { spawn } from "node:child_process";
import type { StdioOptions } from "node:child_process";
import { hasSignals } from "./end-group";
import { AnycastError, systemCodeOf } from "./errors";
import { bytesAsText, MOST_TEXT } from "./limits";
import { withoutSecrets } from "./secret-variables";

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment of the child, from which the key that signs receipts is taken out. @default this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Leaves that key in: for a command of the user's own that may be this program once more. @default false */
  readonly keepSecrets?: boolean;
  /** Written to the child's stdin, which is then closed. @default stdin is empty */
  readonly input?: string | Uint8Array;
  /** Called for each chunk as it comes. */
  readonly onStdout?: (chunk: Buffer) => void;
  readonly onStderr?: (chunk: Buffer) => void;
  /** Ends the child with SIGTERM when aborted. */
  readonly signal?: AbortSignal;
  /**
   * Own session and process group, so that a terminal's Ctrl-C reaches only us and we decide. Not on Windows, which has no
   * signal that we could pass on. @default false
   */
  readonly detached?: boolean;
  /** Do not keep the output in memory (it still reaches onStdout / onStderr). @default false */
  readonly discard?: boolean;
  /** Most bytes of output that are kept. @default what fits into one string, 500 MiB */
  readonly most?: number;
  /** stdio override, e.g. "inherit". @default pipes */
  readonly stdio?: StdioOptions;
  /** `file` is a command line for the system's shell, and there are no arguments. @default false */
  readonly shell?: boolean;
  /** Called as soon as the child runs, with its pid and the way to signal it (see `hasSignals`). */
  readonly onSpawn?: (pid: number, kill: (signal: NodeJS.Signals) => void) => void;
}

export interface RunResult {
  /** null when a signal ended the child. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/**
 * Runs a program, without a shell unless it is asked for, and waits for its end. A non-zero exit code is a result, not an error.
 * @throws AnycastError `ProgramNotFound`, `ProgramNotStarted`, `OutputTooLarge`
 */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env: options.keepSecrets === true ? options.env : withoutSecrets(options.env ?? process.env),
      stdio: options.stdio ?? "pipe",
      detached: hasSignals() && (options.detached ?? false),
      signal: options.signal,
      shell: options.shell ?? false,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const { most = MOST_TEXT } = options;
    let kept = 0;
    const keep = (into: Buffer[], chunk: Buffer): void => {
      if (options.discard === true || kept > most) return;
      kept += chunk.length;
      into.push(chunk);
      if (kept <= most) return;
      child.kill();
      reject(
        new AnycastError(
          "OutputTooLarge",
          `The program \`${file}\` printed more than ${bytesAsText(most)}, which is the most that is read. Fix: split the stack.`,
        ),
      );
    };
    child.stdout?.on("data", (chunk: Buffer) => {
      keep(out, chunk);
      options.onStdout?.(chunk);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      keep(err, chunk);
      options.onStderr?.(chunk);
    });
    // The child may close its stdin before it has read everything; its exit code tells the rest.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input);
    child.on("error", (cause) => {
      if (cause.name === "AbortError") return;
      reject(notStarted(file, cause, options.env ?? process.env));
    });
    child.on("close", (exitCode, signal) => {
      // Otherwise it was refused before.
      if (kept <= most) resolve({ exitCode, signal, stdout: Buffer.concat(out), stderr: Buffer.concat(err) });
    });
    const kill = (name: NodeJS.Signals): void => {
      if (hasSignals() || name === "SIGKILL") child.kill(name);
    };
    if (child.pid !== undefined) options.onSpawn?.(child.pid, kill);
  });
}

/** Variables that name a program; their values are shown nowhere. */
const PROGRAM_VARIABLES = ["ANYCAST_TERRAFORM", "TERRAFORM_BINARY_NAME"] as const;

function notStarted(file: string, cause: Error, env: NodeJS.ProcessEnv): AnycastError {
  const code = systemCodeOf(cause);
  const variable = PROGRAM_VARIABLES.find((name) => env[name] === file);
  if (variable !== undefined) {
    return new AnycastError(
      code === "ENOENT" ? "ProgramNotFound" : "ProgramNotStarted",
      `The program that ${variable} names could not be started (${code ?? "no reason given"}). Fix: correct the variable, or remove it.`,
      { cause },
    );
  }
  return code === "ENOENT"
    ? new AnycastError(
        "ProgramNotFound",
        `The program \`${file}\` was not found on PATH. Fix: install it, or name it by its absolute path${file === "terraform" ? "; `anycast setup` downloads OpenTofu for it" : ""}.`,
        { cause },
      )
    : new AnycastError("ProgramNotStarted", `The program \`${file}\` could not be started: ${cause.message}`, {
        cause,
      });
}
