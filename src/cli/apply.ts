import { resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { AnycastError } from "../core/errors";
import type { Emit } from "../core/events";
import { applySaved, DEFAULT_MAX_AGE_MS } from "../pipeline/deploy";
import { projectRootOf } from "../pipeline/project";
import { trustedKey } from "../pipeline/receipt";
import { catchSignals, Interruption } from "../pipeline/terraform";
import { approvalFor } from "./approve";
import { checkerOf } from "./checker";
import { duration } from "./durations";
import type { CliIo } from "./io";
import { wholeNumber } from "./numbers";
import { openEventLog, progressFor } from "./progress";
import { jsonOf, resultText, tellSandbox, writeOutputs } from "./run-stacks-verb";

interface Flags {
  readonly autoApprove?: boolean;
  readonly requireReceipt?: string | true;
  readonly maxAge: number;
  readonly lockTimeout?: string;
  readonly parallelism: number;
  readonly terraformParallelism?: number;
  readonly config?: string;
  readonly events?: string;
  readonly outputsFile?: string;
  readonly format: "text" | "json";
}

/** `anycast apply`: apply saved plans, if everything is as it was when they were checked. */
export function registerApply(program: Command, io: CliIo): void {
  program
    .command("apply")
    .summary("apply plans that `plan --save` saved, on this machine or another")
    .description(
      "Apply saved plans if everything is as it was when they were checked: plan bytes, policy, data, settings, tool versions. Each receipt is good for one apply.",
    )
    .argument("<directory>", "what `anycast plan --save` wrote")
    .option("--auto-approve", "do not ask")
    .option(
      "--require-receipt [public-key]",
      "demand receipts signed with this key (default: ANYCAST_RECEIPT_PUBLIC_KEY)",
    )
    .option("--max-age <duration>", "how old a check may be (default: 24h)", duration, DEFAULT_MAX_AGE_MS)
    .option("--lock-timeout <duration>", "wait that long for a locked state, e.g. 5m")
    .option("--parallelism <n>", "stacks worked on at the same time", wholeNumber(1, 1000), 4)
    .option("--terraform-parallelism <n>", "resources terraform works on at the same time", wholeNumber(1, 1000))
    .option("--config <path>", "policy settings (default: anycast.yaml of the project)")
    .option("--outputs-file <path>", "write the outputs to this file as JSON")
    .option("--events <path>", "append what happens to this file, one JSON object a line")
    .addOption(new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `
Examples:
  anycast apply plans
  anycast apply plans --require-receipt receipts.key.pub --max-age 2h --auto-approve`,
    )
    .action(async (directory: string, flags: Flags) => {
      io.exitCode = await runApply(directory, flags, io);
    });
}

async function runApply(directory: string, flags: Flags, io: CliIo): Promise<number> {
  const trusted = trustedFrom(flags.requireReceipt, io);
  const interruption = new Interruption();
  const progress = progressFor(io);
  const approve = approvalFor(io, flags.autoApprove === true, progress, interruption);
  const log = flags.events === undefined ? undefined : openEventLog(flags.events, io.cwd);
  const emit: Emit = (event) => {
    progress.emit(event);
    log?.emit(event);
  };
  const release = catchSignals(interruption);
  try {
    tellSandbox(io, emit);
    const result = await applySaved({
      directory: resolve(io.cwd, directory),
      projectDirectory: projectRootOf(io.cwd) ?? io.cwd,
      env: io.env,
      emit,
      approve,
      interruption,
      check: checkerOf(),
      maxAgeMs: flags.maxAge,
      parallelism: flags.parallelism,
      ...(trusted === undefined ? {} : { trusted }),
      ...(flags.lockTimeout === undefined ? {} : { lockTimeout: flags.lockTimeout }),
      ...(flags.terraformParallelism === undefined ? {} : { terraformParallelism: flags.terraformParallelism }),
      ...(flags.config === undefined ? {} : { config: resolve(io.cwd, flags.config) }),
    });
    progress.end();
    if (flags.outputsFile !== undefined) writeOutputs(resolve(io.cwd, flags.outputsFile), result);
    io.stdout.write(flags.format === "json" ? jsonOf(result) : resultText(result, io));
    return result.exitCode;
  } finally {
    release();
    progress.end();
    log?.close();
  }
}

/** A key in the environment counts always: whoever set it wants signed receipts. */
function trustedFrom(required: string | true | undefined, io: CliIo): ReturnType<typeof trustedKey> {
  const path = typeof required === "string" ? resolve(io.cwd, required) : undefined;
  const key = trustedKey(path, io.env);
  if (key !== undefined || required === undefined) return key;
  throw new AnycastError(
    "KeyInvalid",
    "Expected a public key to prove receipts with, got none. Fix: name it after --require-receipt, or set ANYCAST_RECEIPT_PUBLIC_KEY.",
  );
}
