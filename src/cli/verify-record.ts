import type { Command } from "commander";
import { AnycastError } from "../core/errors";
import { endpointOf, recordAddress, recordOf, verify, writeRecord } from "../verify";
import type { MeasurementRecord } from "../verify";
import { writableFile } from "./check-outputs";
import type { CliIo } from "./io";
import { addressesFor } from "./verify-addresses";
import type { AddressFlags } from "./verify-addresses";
import { addProbeOptions } from "./verify-flags";
import type { MeasureFlags } from "./verify-flags";
import { hostOf, measureOptions, warnUnusedProxies, verifyOptions } from "./verify-options";
import { untilStopped } from "./verify-run";

type Flags = MeasureFlags & AddressFlags & { readonly url?: string; readonly connectTo?: string };

/** `anycast verify record`: measures and saves a record for later comparisons. */
export function registerVerifyRecord(verb: Command, io: CliIo): void {
  const command = verb
    .command("record")
    .summary("measure now, compare later")
    .description(
      "Write one JSON line per request, failures included. With --url one address is measured alone; else both addresses " +
        "in pairs, as `anycast verify` does.",
    )
    .argument("<file>", "record to write")
    .option("--url <url>", "measure this address alone")
    .option("--connect-to <host:port>", "with --url: connect there")
    .option("--plain <url>", "URL at the plain EIP")
    .option("--accelerated <url>", "URL at the Anycast EIP")
    .option("--outputs <path>", "stack directory, or file from `terraform output -json`");
  // No `--fail-on`: records are compared, and refused, by `verify compare`.
  addProbeOptions(command)
    .addHelpText(
      "after",
      `
Examples:
  anycast verify record before.json --url http://www.example.com/
  anycast verify record after.json --url http://www.example.com/     once the address is associated
  anycast verify compare before.json after.json`,
    )
    .action(async (file: string, flags: Flags) => {
      io.exitCode = await runRecord(file, flags, io);
    });
}

async function runRecord(file: string, flags: Flags, io: CliIo): Promise<number> {
  const path = writableFile(file, "the record", io.cwd);
  warnUnusedProxies(measureOptions(flags, io), io);
  const measured = await untilStopped(io, async (signal, emit): Promise<MeasurementRecord & { stopped: boolean }> => {
    if (flags.url === undefined) {
      if (flags.connectTo !== undefined)
        throw new AnycastError("OptionInvalid", "--connect-to needs --url. Fix: add --url, or leave --connect-to out.");
      const options = verifyOptions(flags, await addressesFor(flags, [], io), {}, io);
      const report = await verify({ ...options, signal, emit, toTheEnd: true });
      return { ...recordOf(report), stopped: report.interrupted };
    }
    if (flags.plain !== undefined || flags.accelerated !== undefined || flags.outputs !== undefined) {
      throw new AnycastError(
        "AddressesGivenTwice",
        "--url excludes --plain, --accelerated and --outputs. Fix: keep --url for one address, or leave it out for both.",
      );
    }
    const to = flags.connectTo === undefined ? {} : { connectTo: flags.connectTo };
    const endpoint = endpointOf(flags.url, "--url", { ...hostOf(flags), ...to });
    const record = await recordAddress(endpoint, { ...measureOptions(flags, io), signal, emit });
    return { ...record, stopped: signal.aborted };
  });
  writeRecord(path, measured);
  const failed = measured.attempts.filter(({ error }) => error !== undefined).length;
  io.stderr.write(`Recorded ${measured.attempts.length} requests, ${failed} of them failed, in ${file}.\n`);
  return measured.stopped || measured.attempts.length === failed ? 2 : 0;
}
