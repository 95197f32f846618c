import { Command, CommanderError } from "commander";
import { AnycastError, messageOf } from "../core/errors";
import type * as RealStack from "../core/real-stack";
import { explainMissingPackage } from "../core/missing-package";
import type { CliIo, RawIo } from "./io";
import { completeIo } from "./io";
import { VERBS } from "./verbs";
import { versionOfPackage } from "../core/package-version";

/** Exit code of everything that could not be done, bad usage included, so that 1 always means "refused". */
const EXIT_ERROR = 2;

/**
 * Runs one command line, `argv` without node and script. Never throws, never exits: the caller does.
 * @returns the exit code: 0 done or allowed, 1 refused, 2 could not be done; `sandbox -- COMMAND` returns its command's
 */
export async function main(argv: readonly string[], raw: RawIo): Promise<number> {
  const { rest, noColor, debug } = takeGlobals(argv);
  const io = completeIo(raw, { noColor, debug });
  try {
    const program = buildProgram(io, rest[0]);
    if (rest.length === 0) {
      io.stderr.write(program.helpInformation());
      return EXIT_ERROR;
    }
    await program.parseAsync([...rest], { from: "user" });
    return io.exitCode;
  } catch (thrown) {
    return reportError(explainMissingPackage(thrown), io);
  }
}

/** `--no-color` and `--debug` count anywhere before `--`, for every verb. */
function takeGlobals(argv: readonly string[]): { rest: string[]; noColor: boolean; debug: boolean } {
  const end = argv.indexOf("--");
  const ours = end < 0 ? argv : argv.slice(0, end);
  const isGlobal = (argument: string): boolean => argument === "--no-color" || argument === "--debug";
  return {
    rest: [...ours.filter((a) => !isGlobal(a)), ...(end < 0 ? [] : argv.slice(end))],
    noColor: ours.includes("--no-color"),
    debug: ours.includes("--debug"),
  };
}

function buildProgram(io: CliIo, verb: string | undefined): Command {
  const program = new Command("anycast")
    .description("Deploy Anycast EIPs for Alibaba Cloud through a policy gate that proves every binding first.")
    .version(versionOfPackage(), "-V, --version", "print the version")
    .helpCommand("help [verb]", "show the help of a verb")
    // Each verb then gets its arguments in their order, and can have subcommands with the same options.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
    })
    .addHelpText(
      "afterAll",
      "\nEvery verb takes --no-color (also NO_COLOR) and --debug (errors show their causes).\n" +
        "Exit codes: 0 allowed or done, 1 refused by policy, 2 could not check or do it.",
    );
  const wanted = verb !== undefined && VERBS.has(verb) ? [verb] : [...VERBS.keys()];
  // Commander copies output settings and exitOverride to verbs added after they are set.
  for (const name of wanted) VERBS.get(name)?.()(program, io);
  return program;
}

function reportError(thrown: unknown, io: CliIo): number {
  if (thrown instanceof CommanderError) {
    // Help and version were asked for and shown; every other one has been explained by commander on stderr.
    const shown = ["commander.help", "commander.helpDisplayed", "commander.version"].includes(thrown.code);
    return shown && thrown.exitCode === 0 ? 0 : EXIT_ERROR;
  }
  if (thrown instanceof AnycastError || isSandboxError(thrown)) {
    io.stderr.write(`anycast: ${thrown.message} [${thrown.code}]\n`);
    if (io.debug) io.stderr.write(causesOf(thrown));
    return thrown instanceof AnycastError ? thrown.exitCode : EXIT_ERROR;
  }
  io.stderr.write(
    `anycast: An internal error happened: ${messageOf(thrown)}. Fix: run again with --debug and report what it shows. [InternalError]\n`,
  );
  if (io.debug) io.stderr.write(causesOf(thrown));
  return EXIT_ERROR;
}

/** Recognised by its name: the sandbox is an optional package, and is not loaded to compare with its class. */
function isSandboxError(thrown: unknown): thrown is Error & { readonly code: string } {
  return (
    thrown instanceof Error && thrown.name === "SandboxError" && typeof (thrown as { code?: unknown }).code === "string"
  );
}

/** The stack trace with the paths of this repository's files. */
function stackOf(error: Error): string {
  const { realStack } = require("../core/real-stack") as typeof RealStack;
  return realStack(error.stack ?? error.message);
}

/** The stack of an error and of each cause behind it. */
function causesOf(thrown: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = thrown, depth = 0; at !== undefined && depth < 10; depth++) {
    parts.push(at instanceof Error ? stackOf(at) : String(at));
    at = at instanceof Error ? at.cause : undefined;
  }
  return parts.join("\ncaused by: ") + "\n";
}
