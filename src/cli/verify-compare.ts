import { defined } from "../core/defined";
import { resolve } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { SIDES } from "../core/verify-report";
import type { SideName } from "../core/verify-report";
import { compareRecords, readRecord } from "../verify";
import type { CliIo } from "./io";
import { exitCodeOfVerify, failsOn } from "./verify-exit";
import { addVerdictOptions } from "./verify-flags";
import type { MeasureFlags } from "./verify-flags";
import { addFormOptions, formWriter } from "./verify-forms";
import type { FormFlags } from "./verify-forms";

type Flags = FormFlags & Pick<MeasureFlags, "slo" | "failOn" | "failOnRegression"> & { readonly side?: SideName };

/** `anycast verify compare`: compares two records. */
export function registerVerifyCompare(verb: Command, io: CliIo): void {
  const command = verb
    .command("compare")
    .summary("compare two records")
    .description(
      "Say whether access is faster in the later record than in the earlier one. Records that were measured with different settings are refused.",
    )
    .argument("<before>", "earlier record, shown as plain")
    .argument("<after>", "later record, shown as accelerated")
    .addOption(new Option("--side <name>", "side of records with both (default: accelerated)").choices(SIDES));
  addFormOptions(addVerdictOptions(command)).action((before: string, after: string, flags: Flags) => {
    const write = formWriter(flags, io);
    const [earlier, later] = [before, after].map((path) => readRecord(resolve(io.cwd, path)));
    const report = compareRecords(earlier!, later!, {
      ...defined({ side: flags.side, slo: flags.slo }),
    });
    write(report);
    io.exitCode = exitCodeOfVerify(report, failsOn(flags));
  });
}
