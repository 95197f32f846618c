import { AnycastError } from "../../../core/errors";
import { isEncryptedPlan } from "../read-plan";
import { ArchiveError } from "./archive-error";
import { filesInZip } from "./zip";

/**
 * Proves that a saved plan file can be read in one way only and unpacks to a size that can be borne, before any
 * program opens it.
 * @param at what to name it by
 * @throws AnycastError `PlanFileDamaged`
 */
export function provePlanFile(bytes: Buffer, at: string): void {
  // What is encrypted only its maker can open.
  if (isEncryptedPlan(bytes)) return;
  try {
    filesInZip(bytes, "");
  } catch (thrown) {
    if (!(thrown instanceof ArchiveError)) throw thrown;
    throw planFileDamaged(thrown, at);
  }
}

export function planFileDamaged(cause: ArchiveError, at: string): AnycastError {
  return new AnycastError(
    "PlanFileDamaged",
    `The saved plan cannot be read: ${cause.message} (at ${at}). Fix: make the plan again.`,
    { cause },
  );
}
