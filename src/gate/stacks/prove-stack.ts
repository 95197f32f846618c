import { dirname, join } from "node:path";
import type { AnycastError } from "../../core/errors";
import { messageOf } from "../../core/errors";
import { asStep } from "../../core/events";
import type { Proof } from "../proof";
import { proveApplied } from "../proof";
import { writeReceipt } from "../receipt";
import { RECEIPT_PATH } from "./note-receipt";
import type { Session } from "./session";
import { signingKeyOf, terraformFor } from "./session";
import type { PlannedStack } from "./types";

/** Next to the receipt of a saved plan: which stays as it was signed: the same with what its apply has shown. */
export const APPLIED_NAME = "applied.json";

/**
 * Compares the state after an apply with what the check has proven, and adds that to the receipt.
 * @param isWhole the apply has come to its end. @default true
 * @returns `ProofBroken` or `ProofNotMade`; undefined when what was proven is what is there
 */
export function proveStack(session: Session, plan: PlannedStack, isWhole = true): Promise<AnycastError | undefined> {
  return asStep(
    session.options.emit,
    "proof",
    async () => {
      const { stack, origin, report } = plan;
      const { proof, against } = await proveApplied(terraformFor(session, stack), {
        stack: stack.name,
        report,
        directory: origin ?? stack.directory,
        isWhole,
      });
      noteProof(session, plan, proof);
      return against;
    },
    plan.stack.name,
  );
}

/** The apply is done: a receipt that cannot be written is told, and undoes nothing. */
function noteProof(session: Session, { stack, origin, receipt }: PlannedStack, proof: Proof): void {
  const path = origin === undefined ? join(stack.directory, RECEIPT_PATH) : join(dirname(origin), APPLIED_NAME);
  try {
    writeReceipt(path, { ...receipt, proof }, signingKeyOf(session.options));
  } catch (thrown) {
    const message = `The proof after the apply of ${stack.name} could not be written into its receipt: ${messageOf(thrown)}.`;
    session.options.emit({ type: "notice", level: "warning", message, stack: stack.name });
  }
}
