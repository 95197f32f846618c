import type { AnycastError } from "../../core/errors";
import { messageOf } from "../../core/errors";
import { asStep } from "../../core/events";
import type { Proof } from "../proof";
import { proveApplied } from "../proof";
import type { Receipt } from "../receipt";
import { writeReceipt } from "../receipt";
import { receiptPath } from "./receipt";
import type { CheckedPlan, StackRun } from "./stack-run";
import { notify } from "./stack-run";

type Applied = Pick<CheckedPlan, "report" | "receipt">;

/**
 * Compares the state after an apply with what the check has proven, and adds that to the receipt.
 * @param isWhole the apply is complete. @default true
 * @returns `ProofBroken` or `ProofNotMade`; undefined when the state equals what was proven
 */
export function prove(run: StackRun, applied: Applied, isWhole = true): Promise<AnycastError | undefined> {
  const compare = async (): Promise<AnycastError | undefined> => {
    const { proof, against } = await proveApplied(run.terraform, {
      stack: run.name,
      report: applied.report,
      directory: run.origin ?? run.directory,
      isWhole,
      isRefresh: run.mayOnlyRefresh === true && changesNothing(applied.receipt),
    });
    noteProof(run, applied, proof);
    return against;
  };
  return asStep(run.front.emit, "proof", compare, run.name);
}

const changesNothing = ({ changes }: Receipt): boolean =>
  changes !== undefined && Object.values(changes).every((count) => count === 0);

/** Bindings that a failed apply has made may be wrong too: reports that in addition to the failure. */
export async function reportUnproven(run: StackRun, applied: Applied): Promise<void> {
  const against = await prove(run, applied, false);
  if (against?.code === "ProofBroken") run.front.reportError(against);
}

/** Adds the proof to the receipt. The apply is complete, so a receipt that cannot be written is only reported. */
function noteProof(run: StackRun, { receipt }: Applied, proof: Proof): void {
  const path = receiptPath(run);
  try {
    writeReceipt(path, { ...receipt, proof }, run.signKey());
  } catch (thrown) {
    notify(
      run,
      "warning",
      `The proof after the apply of ${run.name} could not be written into its receipt: ${messageOf(thrown)}.`,
    );
  }
}
