import { defined } from "../core/defined";
import type { Command } from "commander";
import { asStep } from "../core/events";
import { recordOf, verify, writeRecord } from "../verify";
import { writableFile } from "./check-outputs";
import type { CliIo } from "./io";
import { addressesFor } from "./verify-addresses";
import type { AddressFlags } from "./verify-addresses";
import { registerVerifyCompare } from "./verify-compare";
import { exitCodeOfVerify, failsOn } from "./verify-exit";
import { addMeasureOptions, numberBetween } from "./verify-flags";
import type { MeasureFlags } from "./verify-flags";
import { addFormOptions, formWriter } from "./verify-forms";
import type { FormFlags } from "./verify-forms";
import { warnUnusedProxies, verifyOptions } from "./verify-options";
import { registerVerifyRecord } from "./verify-record";
import { untilStopped } from "./verify-run";
import { runWatch } from "./verify-watch";

type Flags = MeasureFlags &
  AddressFlags &
  FormFlags & {
    readonly connectToPlain?: string;
    readonly connectToAccelerated?: string;
    readonly record?: string;
    readonly watch?: boolean;
  };

/** `anycast verify`: timings of the plain and the accelerated address side by side. */
export function registerVerify(program: Command, io: CliIo): void {
  const command = program
    .command("verify")
    // So that `verify record --samples 20` is an option of `record`.
    .enablePositionalOptions()
    .summary("measure whether access became faster")
    .description(
      "Measure the plain and the accelerated address in pairs of requests in random order, and say whether accelerated " +
        "access is faster, slower, not different, or that the data does not say yet. The addresses come from --plain and " +
        "--accelerated, from --outputs, or from the outputs plain_url and accelerated_url of the project's stack. " +
        "Inside the sandbox its simulated internet is measured.",
    )
    .argument("[stack...]", "stack whose outputs name the addresses")
    .option("--plain <url>", "URL at the plain EIP")
    .option("--accelerated <url>", "URL at the Anycast EIP")
    .option("--outputs <path>", "stack directory, or file from `terraform output -json`")
    .option("--connect-to-plain <host:port>", "connect there for the plain URL")
    .option("--connect-to-accelerated <host:port>", "connect there for the accelerated URL")
    .option("--wait <seconds>", "wait that long for the addresses to answer", numberBetween(0, 86_400), 0)
    .option("--watch", "ask both until stopped, or for --duration, and report interruptions")
    .option("--record <file>", "also write one JSON line per request to this file");
  addFormOptions(addMeasureOptions(command))
    .addHelpText(
      "after",
      `
Examples:
  anycast verify                                    the addresses of the stack, for a minute
  anycast verify --duration 10m --samples 800       longer, for paths that change over time
  anycast verify --fail-on slower,inconclusive,errors --slo 'p95(total) < 300ms'

Exit codes here: 0 measured; 1 what --fail-on or --slo name; 2 an address never answered, or it was stopped.`,
    )
    .action(async (stacks: string[], flags: Flags) => {
      io.exitCode = await runVerify(stacks, flags, io);
    });
  registerVerifyRecord(command, io);
  registerVerifyCompare(command, io);
}

async function runVerify(stacks: readonly string[], flags: Flags, io: CliIo): Promise<number> {
  const connectTo = {
    ...defined({ plain: flags.connectToPlain, accelerated: flags.connectToAccelerated }),
  };
  const write = formWriter(flags, io);
  const recordPath = flags.record === undefined ? undefined : writableFile(flags.record, "--record", io.cwd);
  const options = verifyOptions(flags, await addressesFor(flags, stacks, io), connectTo, io);
  warnUnusedProxies(options, io);
  if (flags.watch === true) return runWatch(options, flags, recordPath, io);
  const report = await untilStopped(io, (signal, emit) =>
    asStep(emit, "verify", () => verify({ ...options, signal, emit })),
  );
  if (recordPath !== undefined) writeRecord(recordPath, recordOf(report));
  write(report);
  return exitCodeOfVerify(report, failsOn(flags));
}
