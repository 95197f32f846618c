import type { Command } from "commander";
import type { CliIo } from "./io";
import type { DemandFlags } from "./receipt-options";
import { addDemandOptions, demandedBy } from "./receipt-options";
import { runStacksVerb } from "./run-stacks-verb";
import type { StackFlags } from "./stack-options";
import { addStackOptions, WAIT_FOR_WINDOW } from "./stack-options";

type Flags = StackFlags & DemandFlags & { readonly autoApprove?: boolean; readonly waitForWindow?: boolean };

/** `anycast destroy`: plan, check, ask, and destroy what the plans show. */
export function registerDestroy(program: Command, io: CliIo): void {
  addDemandOptions(addStackOptions(program.command("destroy")))
    .summary("destroy stacks, those that depend on others first")
    .description("Plan the destruction of stacks, check the plans, ask, and apply exactly these plans.")
    .option("--auto-approve", "do not ask")
    .option("--wait-for-window", WAIT_FOR_WINDOW)
    .addHelpText(
      "after",
      `
Examples:
  anycast destroy                   everything, after a question
  anycast destroy app --only app    the stack app alone
  anycast destroy --auto-approve    without a question, for pipelines
  anycast destroy --require-receipt receipts    only what \`plan --destroy --receipts\` has checked`,
    )
    .action(async (stacks: string[], flags: Flags) => {
      io.exitCode = await runStacksVerb({ operation: "destroy", stacks, flags, ...demandedBy(flags, io) }, io);
    });
}
