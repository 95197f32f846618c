import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readCloud } from "../cloud";
import { messageOf, SandboxError } from "../errors";
import { internetOf, Traffic } from "../internet";
import { apiOf } from "../openapi";
import { PACKAGE_ROOT } from "../package-root";
import { startSandbox } from "../start";
import type { Sandbox } from "../start";
import { pageOf } from "../ui";
import { exportLines } from "./export-lines";
import type { Flags } from "./flags";
import { parseFlags, USAGE } from "./flags";
import { runInside, untilStopped } from "./run-inside";
import { statusText } from "./status-text";

/** Exit code of everything that could not be done. */
const COULD_NOT = 2;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** The command `alicloud-sandbox`. Never throws. @returns the exit code, that of the command where there is one */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const flags = parseFlags(argv);
    if (flags.help || flags.version) {
      process.stdout.write(flags.help ? USAGE : `${versionOfPackage()}\n`);
      return 0;
    }
    if (flags.status) {
      const { snapshot, pid } = readCloud(resolve(flags.directory));
      process.stdout.write(statusText(snapshot, pid));
      return 0;
    }
    return await serve(flags);
  } catch (thrown) {
    const code = thrown instanceof SandboxError ? thrown.code : "InternalError";
    tell(`alicloud-sandbox: ${messageOf(thrown)} [${code}]`);
    return COULD_NOT;
  }
}

async function serve(flags: Flags): Promise<number> {
  const traffic = new Traffic();
  const sandbox = await startSandbox({
    directory: resolve(flags.directory),
    speed: flags.speed,
    faults: flags.faults,
    mockOthers: flags.mockOthers,
    seedState: flags.seedState,
    provider: flags.provider === "real" ? "none" : "simulated",
    extensions: [
      internetOf({ onTiming: (timing) => traffic.add(timing) }),
      ...(flags.provider === "real" ? [apiOf()] : []),
      ...(flags.uiPort === undefined
        ? []
        : [
            pageOf({
              traffic,
              port: flags.uiPort,
              onUrl: (url) => tell(`Look at the sandbox (simulated, nothing is real): ${url}`),
            }),
          ]),
    ],
    emit: ({ message }) => tell(message),
  });
  try {
    if (flags.command !== undefined) return await runCommand(sandbox, flags.command);
    process.stdout.write(`# The sandbox: a simulated cloud, nothing in it is real.\n${exportLines(sandbox.env)}`);
    tell("The sandbox serves until it is stopped (Ctrl-C). Export the variables above where it shall be used.");
    await untilStopped();
    return 0;
  } finally {
    await sandbox.stop();
  }
}

function runCommand(sandbox: Sandbox, command: readonly [string, ...string[]]): Promise<number> {
  const env = { ...process.env, ...sandbox.env };
  return runInside(sandbox, command, { env, emit: ({ message }) => tell(message) });
}

function versionOfPackage(): string {
  return (JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as { version: string }).version;
}
