import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { PACKAGE_ROOT } from "../core/package-root";
import { run } from "../core/process";

/** Added to a signal's number when a program was ended by it, as shells do. */
const ENDED_BY_SIGNAL = 128;

/**
 * The environment of a command inside the sandbox: our commands on PATH and the gate in terraform's place. By its bare
 * name, because cdktf cannot take a path with a space in it.
 */
export function environmentInside(
  outside: NodeJS.ProcessEnv,
  sandbox: Readonly<Record<string, string>>,
  directory: string,
): NodeJS.ProcessEnv {
  const path = [join(PACKAGE_ROOT, "bin"), outside.PATH ?? ""].filter(Boolean).join(delimiter);
  const named = outside.TERRAFORM_BINARY_NAME;
  return {
    ...outside,
    ANYCAST_SANDBOX: directory,
    ...sandbox,
    PATH: path,
    TERRAFORM_BINARY_NAME: named === undefined || named === "" ? "anycast-terraform" : named,
  };
}

/**
 * Runs a command to its end, whatever signals come: a Ctrl-C reaches it through the terminal, other signals are passed
 * on, and the sandbox stays up until it has ended.
 * @returns its exit code
 * @throws AnycastError `ProgramNotFound`
 */
export async function runInside(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  const [file, ...args] = command;
  let pass = (_signal: NodeJS.Signals): void => undefined;
  const interrupt = (): void => undefined;
  const terminate = (): void => pass("SIGTERM");
  const hangUp = (): void => pass("SIGHUP");
  process.on("SIGINT", interrupt).on("SIGTERM", terminate).on("SIGHUP", hangUp);
  try {
    const ended = await run(file!, args, {
      cwd,
      env,
      stdio: "inherit",
      keepSecrets: true,
      onSpawn: (_pid, kill) => (pass = kill),
    });
    return ended.exitCode ?? ENDED_BY_SIGNAL + (ended.signal === null ? 0 : constants.signals[ended.signal]);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", terminate).off("SIGHUP", hangUp);
  }
}

/** Lines that a POSIX shell reads. */
export function exportLines(env: Readonly<Record<string, string>>): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}
