import { Option } from "commander";
import type { Command } from "commander";
import { exitCodeOf } from "../core/check-report";
import { AnycastError, messageOf } from "../core/errors";
import { configFor } from "../pipeline/project/project-root";
import { FORMATS, render } from "../report";
import type { Format } from "../report";
import { renderOptions } from "./check-render";
import { refuseOverwriting, wantedOutputs, writeOutput } from "./check-outputs";
import type { Wanted } from "./check-outputs";
import { chdirOf, planSources, regionOf } from "./check-sources";
import { checkerOf } from "./checker";
import type { CliIo } from "./io";
import { collected } from "./numbers";
import { progressFor } from "./progress";

export interface CheckFlags {
  readonly format?: string;
  readonly output?: readonly string[];
  readonly config?: string;
  /** true when the option has no value. */
  readonly regionFromEnv?: string | true;
  readonly live?: boolean;
  readonly liveEndpoint?: string;
  readonly policy?: readonly string[];
  readonly chdir?: string;
  readonly cwd?: string;
  readonly docsUrl?: string;
}

/** `anycast check PLAN...`: judges plans that somebody else made. */
export function registerCheck(program: Command, io: CliIo): void {
  program
    .command("check")
    .summary("judge Terraform plans; nothing is planned or applied")
    .description(
      "Judge Terraform plans. PLAN is a saved plan file, the output of `terraform show -json`, or - for stdin. " +
        "The verdict is the worst of all plans.",
    )
    .argument("[plan...]", "plans to judge")
    .option("--format <formats>", `form of the result on stdout: ${FORMATS.join(", ")} (default: text)`)
    .option("-o, --output <format=file>", "also write that form to a file; may be repeated", collected)
    .option("--config <path>", "policy settings (default: anycast.yaml of the project)")
    .option("--region-from-env [region]", "region of providers that name none (default: from ALICLOUD_REGION)")
    .option("--live", "ask the cloud about load balancers that a plan names by a literal id")
    .option("--live-endpoint <host>", "API endpoint to ask instead of the products' own")
    .option("--policy <path>", "own rules too: Rego directory or compiled bundle; may be repeated", collected)
    .option("--chdir <directory>", "initialised directory a saved plan was made in (default: the plan's own)")
    .addOption(new Option("--cwd <directory>", "the same as --chdir").hideHelp())
    .option("--docs-url <url>", "where docs/rules is published, for links in sarif and markdown")
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
  const wanted = wantedOutputs(flags.format, flags.output ?? [], io.cwd);
  const { region, plan } = regionOf(flags.regionFromEnv, io.env);
  const chdir = chdirOf(flags.chdir ?? flags.cwd, io.cwd);
  const sources = await planSources(plan === undefined ? given : [plan, ...given], chdir, io);
  refuseOverwriting(wanted, sources, io.cwd);
  const options = renderOptions(flags.docsUrl, [wanted.stdout, ...wanted.files.map(({ format }) => format)]);
  const config = flags.config ?? configFor(io.cwd, io.env);
  const progress = progressFor(io);
  try {
    const report = await checkerOf()(sources, {
      emit: progress.emit,
      env: io.env,
      cwd: io.cwd,
      ...(config === undefined ? {} : { config }),
      ...(region === undefined ? {} : { regionFromEnv: region }),
      ...(flags.live === undefined ? {} : { live: flags.live }),
      ...(flags.liveEndpoint === undefined ? {} : { liveEndpoint: flags.liveEndpoint }),
      ...(flags.policy === undefined ? {} : { policies: flags.policy }),
    });
    progress.end();
    const failed = writeOutputs(wanted, (format) => render(report, format, options), io);
    io.stdout.write(render(report, wanted.stdout, { ...options, color: io.color.stdout, width: io.width }));
    return failed ? 2 : exitCodeOf(report.verdict);
  } finally {
    progress.end();
  }
}

/** Writes every file, even when one before it could not be written. @returns whether one could not */
function writeOutputs(wanted: Wanted, rendered: (format: Format) => string, io: CliIo): boolean {
  let failed = false;
  for (const file of wanted.files) {
    try {
      writeOutput(file, rendered(file.format));
    } catch (thrown) {
      failed = true;
      const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
      io.stderr.write(`anycast: ${messageOf(thrown)} [${code}]\n`);
    }
  }
  return failed;
}
