import { join } from "node:path";
import type { StdioOptions } from "node:child_process";
import { endGroup, signalGroup } from "../core/end-group";
import { run } from "../core/process";
import { terraformBinary, terraformEnvironment } from "../core/terraform-binary";
import { FollowedFile } from "./followed-file";
import type { Interruption } from "./interruption";
import { FORCING_COUNT, signalForTerraform } from "./interruption";
import type { PrivateDirectory } from "./private-directory";
import { GATE_VARIABLE } from "./gate-variable";

/** How terraform is run for one stack. */
export interface Terraform {
  readonly binary: string;
  readonly env: NodeJS.ProcessEnv;
  /** The directory terraform is started in. */
  readonly cwd: string;
  /** Options in front of the command, e.g. `-chdir=DIR`. @default none */
  readonly globals?: readonly string[];
  readonly interruption: Interruption;
  /** Where plan files and output go while we work. */
  readonly directory: PrivateDirectory;
}

/** Determines binary and environment once. */
export function terraformIn(
  cwd: string,
  env: NodeJS.ProcessEnv,
  interruption: Interruption,
  directory: PrivateDirectory,
): Terraform {
  return {
    binary: terraformBinary(env),
    env: { ...terraformEnvironment(env), ...GATE_VARIABLE },
    cwd,
    interruption,
    directory,
  };
}

export interface FollowOptions {
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
  /** Terraform may ask for missing variables. @default false */
  readonly stdin?: boolean;
  /** It changes nothing, so it is killed when it does not end within this time of a signal, in milliseconds. @default never */
  readonly graceMs?: number;
  /** Where the output goes. @default files of our own in the private directory */
  readonly files?: OutputFiles;
  /** Called with terraform's pid as soon as it runs. */
  readonly onSpawn?: (pid: number) => void;
  /** Called when a signal was not passed on because terraform is already stopping. */
  readonly onStopping?: (forceAt: number, count: number) => void;
}

/** For `graceMs` of a plan or an init: both may wait for a provider, and a plan gives its lock back. */
export const READING_GRACE_MS = 30_000;

export interface FollowResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Files that terraform's output goes into. */
export interface OutputFiles {
  readonly out: string;
  readonly err: string;
}

let followed = 0;

/** Paths of a new pair of output files. */
export function outputFiles({ directory }: Terraform): OutputFiles {
  const base = join(directory.path, `output-${++followed}`);
  return { out: `${base}.out`, err: `${base}.err` };
}

/**
 * Runs terraform in its own session, with its output in files. So neither a Ctrl-C in the terminal, nor the terminal's
 * end, nor a kill of this process reaches it, except as one clean SIGINT from us.
 */
export async function follow(
  terraform: Terraform,
  args: readonly string[],
  options: FollowOptions,
): Promise<FollowResult> {
  const files = options.files ?? outputFiles(terraform);
  const out = new FollowedFile(files.out, options.onStdout);
  const err = new FollowedFile(files.err, options.onStderr);
  const stdio: StdioOptions = [options.stdin === true ? "inherit" : "ignore", out.writer, err.writer];
  const stop: (() => void)[] = [];
  try {
    const { exitCode, signal } = await run(terraform.binary, [...(terraform.globals ?? []), ...args], {
      cwd: terraform.cwd,
      env: terraform.env,
      stdio,
      detached: true,
      onSpawn: (pid, kill) => {
        terraform.directory.addUser(pid);
        options.onSpawn?.(pid);
        const leave = terraform.interruption.listen((_signal, count) => {
          const passedOn = signalForTerraform(count);
          if (count === 1 && options.graceMs !== undefined) stop.push(endGroup(pid, "SIGINT", options.graceMs));
          // A program that has not ended by now, such as a script that ignores signals, never would.
          else if (count > FORCING_COUNT) signalGroup(pid, "SIGKILL");
          else if (passedOn !== undefined) kill(passedOn);
          if (passedOn === undefined || count === 1) options.onStopping?.(FORCING_COUNT, count);
        });
        stop.push(leave);
      },
    });
    return { exitCode, signal };
  } finally {
    for (const one of stop) one();
    out.finish();
    err.finish();
  }
}
