import type { Command } from "commander";
import type { CliIo } from "./io";
import { runStacksVerb } from "./run-stacks-verb";
import type { PlanFlags } from "./run-stacks-verb";
import type { StackFlags } from "./stack-options";
import { addStackOptions } from "./stack-options";

/** `anycast plan`: synthesise, plan and check; nothing is applied. */
export function registerPlan(program: Command, io: CliIo): void {
  addStackOptions(program.command("plan"))
    .summary("plan every stack and check every plan")
    .description("Run the app, plan its stacks and check every plan. Nothing is applied.")
    .option("--destroy", "plan the destruction, as `anycast destroy` does")
    .option("--save <directory>", "save the allowed plans with their receipts, for `anycast apply`")
    .option("--receipts <directory>", "save the receipts alone, for `--require-receipt` of deploy and destroy")
    .option(
      "--sign-key <path>",
      "sign the receipts with this key, or that of a descriptor, as fd:3 (default: ANYCAST_RECEIPT_KEY or ANYCAST_RECEIPT_KEY_FILE)",
    )
    .addHelpText(
      "after",
      `
Examples:
  anycast plan                      plan and check all stacks
  anycast plan network --var a=1    the stack network and what it needs
  anycast plan --save plans --sign-key receipts.key
  anycast plan --destroy --receipts receipts
  anycast plan --format json        one JSON document for scripts`,
    )
    .action(async (stacks: string[], flags: StackFlags & PlanFlags) => {
      io.exitCode = await runStacksVerb({ operation: "plan", stacks, flags }, io);
    });
}
