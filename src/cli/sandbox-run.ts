import { join, resolve } from "node:path";
import type { AnycastEvent, Emit } from "../core/events";
import { refuseSpecialFile } from "../core/regular-file";
import { apiOf, internetOf, pageOf, readCloud, startSandbox } from "alicloud-sandbox";
import type { Sandbox } from "alicloud-sandbox";
import type { CliIo } from "./io";
import { lineOf } from "./progress/plain";
import type { SandboxFlags } from "./sandbox-flags";
import { environmentInside, exportLines, runInside } from "./sandbox-command";
import { waitForOutliving } from "./sandbox-outliving";
import { sandboxText } from "./sandbox-status";

/** Where the simulated cloud of a project keeps its state, unless told otherwise. */
const DIRECTORY = join(".anycast", "sandbox");

/** Runs a command inside the sandbox, or serves until stopped. @returns the exit code */
export async function runSandbox(command: readonly string[], flags: SandboxFlags, io: CliIo): Promise<number> {
  const emit: Emit = (event) => {
    const line = lineOf(event);
    if (line !== undefined) io.stderr.write(`${line}\n`);
  };
  if (flags.seedState !== undefined) refuseSpecialFile(resolve(io.cwd, flags.seedState));
  const sandbox = await startSandbox({
    directory: directoryOf(flags.directory, io),
    speed: flags.speed,
    faults: flags.fault ?? [],
    mockOthers: flags.mockOthers === true,
    ...(flags.seedState === undefined ? {} : { seedState: resolve(io.cwd, flags.seedState) }),
    provider: flags.provider === "real" ? "none" : "simulated",
    extensions: [
      internetOf(),
      ...(flags.provider === "real" ? [apiOf()] : []),
      ...(flags.ui === undefined
        ? []
        : [pageOf({ port: flags.ui === true ? 0 : flags.ui, onUrl: (url) => emit(pageNotice(url)) })]),
    ],
    emit,
    baseEnv: io.env,
  });
  try {
    if (command.length > 0) {
      const code = await runInside(command, io.cwd, environmentInside(io.env, sandbox.env, sandbox.directory));
      await outlive(sandbox, emit);
      return code;
    }
    return await serve(sandbox, io);
  } finally {
    await sandbox.stop();
  }
}

/** The sandbox stays up for a terraform that goes on without its command; a signal ends the wait. */
async function outlive(sandbox: Sandbox, emit: Emit): Promise<void> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, end);
  try {
    await waitForOutliving(sandbox, stop.signal, (processes) => emit(outlivingNotice(processes)));
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}

const outlivingNotice = (processes: readonly number[]): AnycastEvent => ({
  type: "notice",
  level: "warning",
  message: `The command has ended, but terraform${processes.length === 0 ? "" : ` (process ${processes.join(", ")})`} is still at work in the sandbox. The sandbox waits for it; Ctrl-C stops it now.`,
});

const pageNotice = (url: string): AnycastEvent => ({
  type: "notice",
  level: "info",
  message: `Look at the sandbox (simulated, nothing is real): ${url}`,
});

/** Prints the variables and waits for a signal. */
async function serve(sandbox: Sandbox, io: CliIo): Promise<number> {
  const inside = environmentInside(io.env, sandbox.env, sandbox.directory);
  const shown = { ...sandbox.env, PATH: inside.PATH!, TERRAFORM_BINARY_NAME: inside.TERRAFORM_BINARY_NAME! };
  const stopped = new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop());
  });
  io.stdout.write(`# The sandbox: a simulated cloud, nothing in it is real.\n${exportLines(shown)}`);
  io.stderr.write(
    "The sandbox serves until it is stopped (Ctrl-C). Export the variables above where it shall be used.\n",
  );
  await stopped;
  return 0;
}

/** Shows what is in the simulated cloud, whether it runs or not. @returns the exit code */
export function showSandbox(flags: { directory?: string; format: "text" | "json" }, io: CliIo): number {
  const { snapshot, pid } = readCloud(directoryOf(flags.directory, io));
  io.stdout.write(
    flags.format === "json"
      ? `${JSON.stringify({ simulated: true, pid, ...snapshot }, undefined, 2)}\n`
      : sandboxText(snapshot, pid),
  );
  return 0;
}

function directoryOf(given: string | undefined, io: CliIo): string {
  return resolve(io.cwd, given ?? DIRECTORY);
}
