import { defined } from "../../core/defined";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { AnycastError, messageOf } from "../../core/errors";
import type { Receipt } from "../receipt";
import { compareWithReceipt, makeReceipt, sha256OfFile, writeReceipt } from "../receipt";
import type { CheckedPlan, StackRun } from "./stack-run";

/** Where the receipt of a stack's last check is kept, in the stack's directory. */
const RECEIPT_PATH = join(".terraform", "anycast-receipt.json");

/** Name of the receipt with the proof after the apply, next to the receipt of a saved plan, which stays as it was signed. */
export const APPLIED_NAME = "applied.json";

/** A stack whose configuration was copied has its receipt where it was copied from. */
export const receiptPath = ({ directory, origin }: StackRun): string =>
  origin === undefined ? join(directory, RECEIPT_PATH) : join(dirname(origin), APPLIED_NAME);

/**
 * Writes the receipt of a check. Without a receipt nothing is applied, so a full disk stops the run here.
 * @throws AnycastError `ReceiptNotWritten`
 */
export function receiptOf(
  run: StackRun,
  { planFile, json, changes, report }: Omit<CheckedPlan, "receipt" | "planned">,
): Receipt {
  const { name, directory, env, signKey } = run;
  try {
    const receipt = makeReceipt({
      stack: run.label ?? name,
      operation: run.operation,
      stackDirectory: directory,
      planFile,
      json,
      report,
      config: run.checkOptions.config,
      env,
      hasChanges: changes.hasChanges,
      changes: changes.counts,
      ...defined({ repository: run.repository }),
    });
    mkdirSync(join(directory, dirname(RECEIPT_PATH)), { recursive: true });
    writeReceipt(join(directory, RECEIPT_PATH), receipt, signKey());
    return receipt;
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    throw new AnycastError(
      "ReceiptNotWritten",
      `The receipt of the check of ${name} could not be written: ${messageOf(cause)}. Nothing was applied. Fix: free some disk space and run again.`,
      { cause },
    );
  }
}

/**
 * Hashes the plan file again, just before the apply: the applied file must be the checked one.
 * @throws AnycastError `PlanChanged` and the like, with exit code 1
 */
export function refuseOtherPlan({ receipt, planFile }: Pick<CheckedPlan, "receipt" | "planFile">): void {
  compareWithReceipt(receipt, { plan: sha256OfFile(planFile) });
}
