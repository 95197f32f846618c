import type { Command } from "commander";
import type { CliIo } from "./io";
import type { DemandFlags } from "./receipt-options";
import { addDemandOptions, demandedBy } from "./receipt-options";
import { runStacksVerb } from "./run-stacks-verb";
import type { StackFlags } from "./stack-options";
import { addStackOptions, WAIT_FOR_WINDOW } from "./stack-options";
import type { VerifyAfterFlags } from "./verify-after";
import { addMeasureOptions } from "./verify-flags";
import type * as VerifyAfter from "./verify-after";

type Flags = StackFlags &
  DemandFlags &
  VerifyAfterFlags & {
    readonly autoApprove?: boolean;
    readonly waitForWindow?: boolean;
    readonly outputsFile?: string;
  };

/** `anycast deploy`: plan, check, ask, apply exactly the checked plans, verify. */
export function registerDeploy(program: Command, io: CliIo): void {
  const command = addDemandOptions(addStackOptions(program.command("deploy")))
    .summary("plan, check, ask and apply exactly what was checked")
    .description(
      "Run the app, plan its stacks, check every plan, ask, and apply exactly the checked plans. One refused plan stops all before anything is applied.",
    )
    .option("--auto-approve", "do not ask")
    .option("--wait-for-window", WAIT_FOR_WINDOW)
    .option("--outputs-file <path>", "write the outputs to this file as JSON")
    .option("--verify <url>", "measure afterwards: `auto` takes the addresses from the outputs, a URL is asked at both")
    .option("--watch", "with --verify: ask both addresses during the apply too, and report interruptions")
    .optionsGroup("With --verify, as `anycast verify` has them:");
  addMeasureOptions(command)
    .addHelpText(
      "after",
      `
Examples:
  anycast deploy                                   all stacks, after a question
  anycast deploy --auto-approve --verify auto      without a question, then measure
  anycast deploy app --outputs-file outputs.json   the stack app and what it needs
  anycast deploy --require-receipt receipts        only what \`plan --receipts\` has checked`,
    )
    .action(async (stacks: string[], flags: Flags) => {
      const { verifyAfter } = require("./verify-after") as typeof VerifyAfter;
      const given = command.options
        .map((one) => one.attributeName())
        .filter((name) => command.getOptionValueSource(name) === "cli");
      const after = verifyAfter(flags, given, stacks, io);
      const measured = after === undefined ? {} : { after };
      const verb = { operation: "deploy" as const, stacks, flags, ...measured, ...demandedBy(flags, io) };
      io.exitCode = await runStacksVerb(verb, io);
    });
}
