import { join, resolve } from "node:path";
import type { AnycastEvent, Emit } from "../core/events";
import { AnycastError } from "../core/errors";
import { refuseSpecialFile } from "../core/regular-file";
import {
  apiOf,
  exportLines,
  internetOf,
  pageOf,
  readCloud,
  runInside,
  startSandbox,
  statusText,
  Traffic,
  untilStopped,
} from "alicloud-sandbox";
import type { CliIo } from "./io";
import { lineOf } from "./progress/plain";
import type { SandboxFlags } from "./sandbox-flags";
import { variablesInside } from "./sandbox-environment";

/** Where the simulated cloud of a project keeps its state by default. */
const DIRECTORY = join(".anycast", "sandbox");

/** Runs a command inside the sandbox, or serves until stopped. @returns the exit code */
export async function runSandbox(command: readonly string[], flags: SandboxFlags, io: CliIo): Promise<number> {
  const emit: Emit = (event) => {
    const line = lineOf(event);
    if (line !== undefined) io.stderr.write(`${line}\n`);
  };
  if (flags.seedState !== undefined && flags.keepBackend === true) {
    throw new AnycastError(
      "OptionInvalid",
      "--seed-state plans from a copy of a state, so --keep-backend has no meaning with it. Fix: leave one of them out.",
    );
  }
  if (flags.seedState !== undefined) refuseSpecialFile(resolve(io.cwd, flags.seedState));
  const traffic = new Traffic();
  const sandbox = await startSandbox({
    directory: directoryOf(flags.directory, io),
    speed: flags.speed,
    faults: flags.fault ?? [],
    mockOthers: flags.mockOthers === true,
    ...(flags.seedState === undefined ? {} : { seedState: resolve(io.cwd, flags.seedState) }),
    provider: flags.provider === "real" ? "none" : "simulated",
    extensions: [
      internetOf({ onTiming: (timing) => traffic.add(timing) }),
      ...(flags.provider === "real" ? [apiOf()] : []),
      ...(flags.ui === undefined
        ? []
        : [pageOf({ traffic, port: flags.ui === true ? 0 : flags.ui, onUrl: (url) => emit(pageNotice(url)) })]),
    ],
    emit,
    baseEnv: io.env,
  });
  try {
    const [file, ...args] = command;
    const variables = variablesInside(io.env, sandbox.env, flags.keepBackend);
    if (file === undefined) return await serve(variables, io);
    return await runInside(sandbox, [file, ...args], { cwd: io.cwd, env: { ...io.env, ...variables }, emit });
  } finally {
    await sandbox.stop();
  }
}

const pageNotice = (url: string): AnycastEvent => ({
  type: "notice",
  level: "info",
  message: `Look at the sandbox (simulated, nothing is real): ${url}`,
});

/** Prints the variables and waits for a signal. */
async function serve(shown: Readonly<Record<string, string>>, io: CliIo): Promise<number> {
  io.stdout.write(`# The sandbox: a simulated cloud, nothing in it is real.\n${exportLines(shown)}`);
  io.stderr.write(
    "The sandbox serves until it is stopped (Ctrl-C). Export the variables above where it shall be used.\n",
  );
  await untilStopped();
  return 0;
}

/** Shows what is in the simulated cloud, whether it runs or not. @returns the exit code */
export function showSandbox(flags: { directory?: string; format: "text" | "json" }, io: CliIo): number {
  const { snapshot, pid } = readCloud(directoryOf(flags.directory, io));
  io.stdout.write(
    flags.format === "json"
      ? `${JSON.stringify({ simulated: true, pid, ...snapshot }, undefined, 2)}\n`
      : statusText(snapshot, pid),
  );
  return 0;
}

function directoryOf(given: string | undefined, io: CliIo): string {
  return resolve(io.cwd, given ?? DIRECTORY);
}
