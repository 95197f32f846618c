import type { Command } from "commander";
import { Option } from "commander";
import { addConfigOptions } from "./config-options";
import { addGateOptions } from "./gate-options";
import type { CliIo } from "./io";
import { maxAgeOption } from "./receipt-options";
import type { ApplyFlags } from "./run-apply";
import { runApply } from "./run-apply";
import { parallelism } from "./stack-options";
import { addTerraformOptions } from "./terraform-options";

/** `anycast apply`: applies saved plans, if everything is as it was when they were checked. */
export function registerApply(program: Command, io: CliIo): void {
  const command = addConfigOptions(addGateOptions(program.command("apply")));
  addTerraformOptions(command, "lock-timeout", "parallelism")
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
    .addOption(maxAgeOption())
    .addOption(parallelism())
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
    .action(async (directory: string, flags: ApplyFlags) => {
      io.exitCode = await runApply(directory, flags, io);
    });
}
