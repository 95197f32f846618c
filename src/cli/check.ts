import { defined } from "../core/defined";
import { Option } from "commander";
import type { Command } from "commander";
import { exitCodeOf } from "../core/check-report";
import type * as Failed from "../check/failed-report";
import { render } from "../report";
import { refuseOverwriting } from "./check-outputs";
import { chdirOf, planSources, regionOf } from "./check-sources";
import { lazyChecker } from "./checker";
import { addConfigOptions } from "./config-options";
import type { ConfigFlags } from "./config-options";
import { withSettings } from "./check-settings";
import type { GateFlags } from "./gate-options";
import { addGateOptions, gateOptions } from "./gate-options";
import type { CliIo } from "./io";
import { progressFor } from "./progress";
import type { Reporter, ReportFlags } from "./report-options";
import { addReportOptions, reporterFor } from "./report-options";

export interface CheckFlags extends ReportFlags, GateFlags, ConfigFlags {
  /** true when the option has no value. */
  readonly regionFromEnv?: string | true;
  readonly chdir?: string;
  readonly cwd?: string;
}

/** `anycast check PLAN...`: checks plans that were made elsewhere. */
export function registerCheck(program: Command, io: CliIo): void {
  const command = program
    .command("check")
    .summary("check Terraform plans; nothing is planned or applied")
    .description(
      "Check Terraform plans. PLAN is a saved plan file, the output of `terraform show -json`, or - for stdin. " +
        "The verdict is the worst of all plans.",
    )
    .argument("[plan...]", "plans to check")
    .option("--region-from-env [region]", "region of providers that name none (default: from ALICLOUD_REGION)")
    .option("--chdir <directory>", "initialised directory a saved plan was made in (default: the plan's own)")
    .addOption(new Option("--cwd <directory>", "the same as --chdir").hideHelp());
  addReportOptions(addGateOptions(addConfigOptions(command)))
    .addHelpText(
      "after",
      `
The first format goes to stdout, whether that is a terminal or not; every other one needs a file of its own.

Examples:
  anycast check plan.tfplan
  terraform show -json plan.tfplan | anycast check -
  anycast check a.json b.json --format github --output sarif=anycast.sarif --output junit=anycast.xml
  anycast check plan.json --region-from-env=ap-southeast-1`,
    )
    .action(async (plans: string[], flags: CheckFlags) => {
      io.exitCode = await runCheck(plans, flags, io);
    });
}

async function runCheck(given: readonly string[], flags: CheckFlags, io: CliIo): Promise<number> {
  const reporter = reporterFor(flags, io);
  const { regionFromEnv: maybePlan } = flags;
  refuseOverwriting(reporter.files, typeof maybePlan === "string" ? [maybePlan, ...given] : given, io.cwd);
  try {
    return await checkGiven(given, flags, reporter, io);
  } catch (thrown) {
    const { failedReport } = require("../check/failed-report") as typeof Failed;
    const report = failedReport(given.length === 0 ? ["-"] : given, thrown);
    reporter.writeFailure((format, options) => render(report, format, options));
    throw thrown;
  }
}

async function checkGiven(given: readonly string[], flags: CheckFlags, reporter: Reporter, io: CliIo): Promise<number> {
  const { region, plan } = regionOf(flags.regionFromEnv, io.env);
  const chdir = chdirOf(flags.chdir ?? flags.cwd, io.cwd);
  const named = await planSources(plan === undefined ? given : [plan, ...given], chdir, io);
  const sources = await withSettings(named, flags, io);
  const progress = progressFor(io);
  try {
    const report = await lazyChecker()(sources, {
      emit: progress.emit,
      env: io.env,
      cwd: io.cwd,
      ...defined({ regionFromEnv: region }),
      ...gateOptions(flags),
      ...(reporter.wantsOverview ? { overview: true } : {}),
    });
    progress.end();
    const failed = reporter.write((format, options) => render(report, format, options));
    return failed ? 2 : exitCodeOf(report.verdict);
  } finally {
    progress.end();
  }
}
