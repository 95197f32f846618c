import { resolve } from "node:path";
import type { Command } from "commander";
import { demandReceipts } from "../pipeline/deploy";
import { projectRootOf } from "../pipeline/project";
import type { CliIo } from "./io";
import { maxAgeOption, trustedFrom } from "./receipt-options";
import { runStacksVerb } from "./run-stacks-verb";
import type { StackFlags } from "./stack-options";
import { addStackOptions, WAIT_FOR_WINDOW } from "./stack-options";
import type { VerifyAfterFlags } from "./verify-after";
import type * as VerifyAfter from "./verify-after";

type Flags = StackFlags &
  VerifyAfterFlags & {
    readonly autoApprove?: boolean;
    readonly waitForWindow?: boolean;
    readonly outputsFile?: string;
    readonly requireReceipt?: string;
    readonly receiptKey?: string;
    readonly maxAge: number;
  };

/** `anycast deploy`: plan, check, ask, apply exactly the checked plans, verify. */
export function registerDeploy(program: Command, io: CliIo): void {
  addStackOptions(program.command("deploy"))
    .summary("plan, check, ask and apply exactly what was checked")
    .description(
      "Run the app, plan its stacks, check every plan, ask, and apply exactly the checked plans. One refused plan stops all before anything is applied.",
    )
    .option("--auto-approve", "do not ask")
    .option("--wait-for-window", WAIT_FOR_WINDOW)
    .option(
      "--require-receipt <path>",
      "apply only what these receipts of an earlier check are of: a receipt, or a directory of `plan --receipts`",
    )
    .option(
      "--receipt-key <public-key>",
      "with --require-receipt: demand this signature (default: ANYCAST_RECEIPT_PUBLIC_KEY, if set)",
    )
    .addOption(maxAgeOption())
    .option("--outputs-file <path>", "write the outputs to this file as JSON")
    .option("--verify <url>", "measure afterwards: `auto` takes the addresses from the outputs, a URL is asked at both")
    .option("--fail-on-regression", "with --verify: exit 1 unless accelerated access is faster")
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
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { verifyAfter } = require("./verify-after") as typeof VerifyAfter;
      const after = flags.verify === undefined ? {} : { after: verifyAfter(flags, io) };
      const demanded = flags.requireReceipt === undefined ? {} : { receipts: () => receiptsOf(flags, io) };
      io.exitCode = await runStacksVerb({ operation: "deploy", stacks, flags, ...after, ...demanded }, io);
    });
}

function receiptsOf(flags: Flags, io: CliIo): ReturnType<typeof demandReceipts> {
  return demandReceipts({
    path: resolve(io.cwd, flags.requireReceipt!),
    projectDirectory: projectRootOf(io.cwd) ?? io.cwd,
    trusted: trustedFrom(flags.receiptKey, io),
    maxAgeMs: flags.maxAge,
    inSandbox: Boolean(io.env.ANYCAST_SANDBOX),
  });
}
