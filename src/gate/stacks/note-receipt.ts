import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import type { OrderedStack } from "../../terraform/project";

import type { Receipt, ReceiptInput } from "../receipt";
import { makeReceipt, writeReceipt } from "../receipt";
import type { Session } from "./session";
import { configOf, destroys, signingKeyOf } from "./session";

/** Where the receipt of a stack's last check is kept, in the stack's directory. */
export const RECEIPT_PATH = join(".terraform", "anycast-receipt.json");

type Checked = Pick<ReceiptInput, "planFile" | "json" | "hasChanges" | "changes"> & {
  readonly stack: OrderedStack;
  readonly report: CheckReport;
};

/**
 * Writes down what was checked. Without a receipt nothing is applied, so a full disk stops the run here.
 * @throws AnycastError `ReceiptNotWritten`
 */
export function noteReceipt({ options }: Session, checked: Checked): Receipt {
  const { stack, ...rest } = checked;
  try {
    const receipt = makeReceipt({
      ...rest,
      stack: stack.name,
      stackDirectory: stack.directory,
      operation: destroys(options) ? "destroy" : "deploy",
      config: configOf(options),
      env: options.env,
      repository: options.projectDirectory,
    });
    mkdirSync(join(stack.directory, ".terraform"), { recursive: true });
    writeReceipt(join(stack.directory, RECEIPT_PATH), receipt, signingKeyOf(options));
    return receipt;
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    throw new AnycastError(
      "ReceiptNotWritten",
      `The receipt of the check of ${stack.name} could not be written: ${messageOf(cause)}. Nothing was applied. Fix: make room and run again.`,
      { cause },
    );
  }
}
