import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

export interface RunResult {
  /** null when a signal ended the program. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs a program, without a shell, and waits for its end. A non-zero exit code is a result, not an error. */
export function run(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout: Buffer.concat(out), stderr: Buffer.concat(err) }));
  });
}

/** The terraform (or OpenTofu) that these tests run, as the tests of the whole repository name it. */
export function terraformBinary({ ANYCAST_TERRAFORM, TERRAFORM_BINARY_NAME } = process.env): string {
  const named = [ANYCAST_TERRAFORM, TERRAFORM_BINARY_NAME].find((name) => name !== undefined && name !== "");
  return named === undefined || /(^|[\\/])anycast-terraform$/.test(named) ? "terraform" : named;
}

/** The environment of terraform: no check for updates, and no settings file that is not there. */
export function terraformEnvironment(base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base, CHECKPOINT_DISABLE: "1" };
  if (env.TF_CLI_CONFIG_FILE !== undefined && !existsSync(env.TF_CLI_CONFIG_FILE)) delete env.TF_CLI_CONFIG_FILE;
  return env;
}
