import { resolve } from "node:path";
import { AnycastError } from "../../core/errors";
import { refuseSpecialFile } from "../../core/regular-file";
import { run as runProgram } from "../../core/process";
import { refuseChangeWhenSeeded } from "../../terraform/state";
import {
  makePrivateDirectory,
  refuseRewritingVariables,
  refuseUncheckedEnvironment,
  terraformIn,
} from "../../terraform";
import { StepFailed } from "../steps/explain";
import type { CommandLine } from "./argv";
import { asksForHelp, splitCommandLine } from "./argv";
import { changesState, treatmentOf } from "./commands";
import type { WrapperContext } from "./context";
import { GateMessages } from "./messages";
import type { GatedOptions } from "./options";
import { readOptions } from "./options";
import { runApply } from "./run-apply";
import { runPlan } from "./run-plan";

/** Exit code when something could not be checked or done. */
const EXIT_ERROR = 2;

/**
 * Runs instead of terraform (`TERRAFORM_BINARY_NAME`) and gates everything that can change the cloud.
 * @param argv terraform's arguments, without the program
 * @returns terraform's exit code; 1 refused by policy or declined; 2 could not check
 */
export async function runWrapper(argv: readonly string[], context: WrapperContext): Promise<number> {
  const line = splitCommandLine(argv);
  const plain = new GateMessages(context, { json: false, noColor: wantsNoColor(argv, context.env) });
  try {
    if (isLockInSandbox(line, context.env)) return 0;
    const treatment = treatmentOf(line.command);
    if (treatment === "refuse") throw refusedCommand(line.command!);
    if (changesState(line) && !asksForHelp(line)) {
      refuseChangeWhenSeeded(context.env, `terraform ${[line.command, ...line.args.slice(0, 1)].join(" ")}`.trim());
    }
    if (treatment === "pass" || asksForHelp(line)) return await passThrough(argv, line, context);
    refuseUncheckedEnvironment(context.env);
    return await gate(line, readOptions(line.command!, line.args), context);
  } catch (thrown) {
    plain.failed(thrown, line.command === "apply" || line.command === "destroy" ? afterFailure(thrown) : "");
    return thrown instanceof AnycastError ? thrown.exitCode : EXIT_ERROR;
  }
}

async function gate(line: CommandLine, options: GatedOptions, context: WrapperContext): Promise<number> {
  for (const file of optionValues(options.passed.plan, "var-file"))
    refuseSpecialFile(resolve(chdirOf(line, context), file));
  const directory = makePrivateDirectory();
  try {
    const terraform = {
      ...terraformIn(context.cwd, context.env, context.interruption, directory),
      globals: line.globals,
    };
    const messages = new GateMessages(context, { json: options.json, noColor: options.noColor });
    const run = { context, line, options, terraform, messages };
    return await (line.command === "plan" ? runPlan(run) : runApply(run)).catch((thrown: unknown) => {
      if (!(thrown instanceof StepFailed)) throw thrown;
      reportFailure(messages, thrown);
      return thrown.terraformExitCode || EXIT_ERROR;
    });
  } finally {
    directory.remove();
  }
}

/** Reports what terraform's own output, which was shown, does not: first what happened, then what it means. */
function reportFailure(messages: GateMessages, failed: StepFailed): void {
  const chain: AnycastError[] = [];
  for (let one: unknown = failed; one instanceof AnycastError; one = one.cause) chain.unshift(one);
  for (const one of chain) if (one.code !== "TerraformFailed") messages.failed(one, "");
}

function optionValues(args: readonly string[], name: string): string[] {
  return args.filter((one) => one.startsWith(`-${name}=`)).map((one) => one.slice(name.length + 2));
}

const chdirOf = (line: CommandLine, { cwd }: WrapperContext): string => resolve(cwd, line.chdir ?? ".");

/** `providers lock` asks the registry even for a provider that the sandbox serves; there is nothing to lock. */
export function isLockInSandbox(line: CommandLine, env: NodeJS.ProcessEnv): boolean {
  const sandboxed = Boolean(env.ANYCAST_SANDBOX) || Boolean(env.TF_REATTACH_PROVIDERS);
  return sandboxed && line.command === "providers" && line.args[0] === "lock";
}

/** Passes a command to terraform. An environment that could turn it into another command is refused: else `apply -help` could apply. */
async function passThrough(argv: readonly string[], line: CommandLine, context: WrapperContext): Promise<number> {
  const isPlain = line.command !== undefined && treatmentOf(line.command) === "pass";
  if (!isPlain) refuseRewritingVariables(context.env);
  const { binary, env } = terraformIn(context.cwd, context.env, context.interruption, { path: "", addUser, remove });
  let stopListening = (): void => undefined;
  const ended = await runProgram(binary, argv, {
    cwd: resolve(context.cwd),
    env,
    stdio: "inherit",
    // In the terminal's own process group: its Ctrl-C reaches terraform directly.
    onSpawn: (_pid, kill) => {
      stopListening = context.interruption.listen((signal) => void (signal === "SIGINT" || kill(signal)));
    },
  });
  stopListening();
  return ended.exitCode ?? EXIT_ERROR;
}

const addUser = (): void => undefined;
const remove = (): void => undefined;

function refusedCommand(command: string): AnycastError {
  const why =
    command === "test"
      ? "It applies configurations without a plan that could be checked"
      : "It is not known to leave the cloud alone";
  return new AnycastError(
    "CommandRefused",
    `terraform \`${command}\` cannot be gated. ${why}. Fix: run it with the real terraform or tofu, outside the gate, where no real resources can be reached.`,
  );
}

function afterFailure(thrown: unknown): string {
  return thrown instanceof AnycastError && thrown.code === "Interrupted" ? "" : "Nothing was applied.";
}

function wantsNoColor(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return argv.some((argument) => /^--?no-color(=true|=1)?$/.test(argument)) || Boolean(env.NO_COLOR);
}
