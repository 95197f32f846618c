import { resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { AnycastError } from "../core/errors";
import type { DemandedReceipts } from "../gate/stacks";
import { DEFAULT_MAX_AGE_MS, demandReceipts } from "../gate/stacks";
import { projectRootOf } from "../terraform/project";
import type { TrustedKey } from "../gate/receipt";
import { trustedKeys } from "../gate/receipt";
import { duration } from "./durations";
import type { CliIo } from "./io";

/** Receipt options of deploy and destroy, as commander parses them. */
export interface DemandFlags {
  readonly requireReceipt?: string;
  readonly receiptKey?: string;
  readonly maxAge: number;
}

/** Adds the options with which deploy and destroy demand receipts. */
export function addDemandOptions(command: Command): Command {
  return command
    .option(
      "--require-receipt <path>",
      "apply only what these receipts of an earlier check are of: a receipt, or a directory of `plan --receipts`",
    )
    .option(
      "--receipt-key <public-key>",
      "with --require-receipt: demand this signature (default: ANYCAST_RECEIPT_PUBLIC_KEY, if set)",
    )
    .addOption(maxAgeOption());
}

/** The receipts that are demanded, read when the run begins. @throws AnycastError `OptionInvalid` */
export function demandedBy(
  { requireReceipt, receiptKey, maxAge }: DemandFlags,
  io: CliIo,
): { readonly receipts?: () => DemandedReceipts } {
  if (requireReceipt === undefined) {
    if (receiptKey === undefined) return {};
    throw new AnycastError(
      "OptionInvalid",
      "--receipt-key needs --require-receipt. Fix: name the receipts with --require-receipt, or leave --receipt-key out.",
    );
  }
  return {
    receipts: () =>
      demandReceipts({
        path: resolve(io.cwd, requireReceipt),
        projectDirectory: projectRootOf(io.cwd) ?? io.cwd,
        trusted: trustedFrom(receiptKey, io),
        maxAgeMs: maxAge,
        inSandbox: Boolean(io.env.ANYCAST_SANDBOX),
      }),
  };
}

export function maxAgeOption(): Option {
  return new Option("--max-age <duration>", "how old a check may be")
    .argParser(duration)
    .default(DEFAULT_MAX_AGE_MS, "24h");
}

/**
 * The key that receipts must be signed with: from the file, else from the environment. A key in the environment is
 * always used: setting it asks for signed receipts.
 * @param path of the public key; true when one is demanded but not named
 * @throws AnycastError `KeyInvalid`
 */
export function trustedFrom(path: string | true | undefined, io: CliIo): readonly TrustedKey[] | undefined {
  const key = trustedKeys(typeof path === "string" ? resolve(io.cwd, path) : undefined, io.env);
  if (key !== undefined || path === undefined) return key;
  throw new AnycastError(
    "KeyInvalid",
    "There is no public key to verify receipts with. Fix: name it after --require-receipt, or set ANYCAST_RECEIPT_PUBLIC_KEY.",
  );
}
