import type { Command } from "commander";
import { Option } from "commander";
import type { CliIo } from "./io";
import { collected } from "./numbers";
import type { RecoverFlags } from "./recover-flags";
import { addTerraformOptions } from "./terraform-options";
import type * as RunRecover from "./run-recover";

/** `anycast recover`: imports what an interrupted apply has made. */
export function registerRecover(program: Command, io: CliIo): void {
  addTerraformOptions(program.command("recover"), "var", "var-file", "lock-timeout")
    .summary("after an apply that did not come to its end: find what it made, and bring it into the state")
    .description(
      "Look in the cloud for what an apply was making when it was lost (a killed terraform, a provider that died, an answer that never came), bring what is there into the state with `terraform import`, and clear the record that stops the next run. Nothing is changed in the cloud.",
    )
    .argument("[stack...]", "stacks by name, * stands for anything (default: all)")
    .option("--only <stack>", "the same; may be repeated", collected)
    .option("--id <address=id>", "this object is the one of this address; may be repeated", collected)
    .option("--none <address>", "there is nothing to bring in for this address; may be repeated", collected)
    .option("--dry-run", "only look: neither the state nor the record is changed")
    .option("--events <path>", "append what happens to this file, one JSON object a line")
    .addOption(new Option("--auto-approve", "accepted, for scripts: it never asks").hideHelp())
    .addOption(new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `
Examples:
  anycast recover                                       all stacks of the project
  anycast recover app --dry-run                         only look
  anycast recover app --id alicloud_vpc.vpc=vpc-1a2b    when only you can tell which it is
  anycast recover app --none alicloud_vpc.vpc           when you know that nothing is to be brought in

Exit codes: 0 nothing is open any more, 2 something is, or it could not be looked at.`,
    )
    .action(async (stacks: string[], flags: RecoverFlags) => {
      const { runRecover } = require("./run-recover") as typeof RunRecover;
      io.exitCode = await runRecover(stacks, flags, io);
    });
}
