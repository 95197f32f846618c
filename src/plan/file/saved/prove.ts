import { AnycastError } from "../../../core/errors";
import { isEncryptedPlan } from "../read-plan";
import { ArchiveError } from "./archive-error";
import { filesInZip } from "./zip";

/** What Terraform and OpenTofu write into a plan file, besides the files of modules. */
const PARTS: ReadonlySet<string> = new Set(["tfplan", "tfstate", "tfstate-prev", "tfconfig/modules.json", ".terraform.lock.hcl"]); // prettier-ignore
const FILE_OF_MODULE = /^tfconfig\/m-[^/]*\/[^/]+$/;

/**
 * Proves that a saved plan file can be read in one way only, holds nothing else than a plan and unpacks to a size that can
 * be borne, before any program opens it.
 * @param at what to name it by
 * @throws AnycastError `PlanFileDamaged`
 */
export function provePlanFile(bytes: Buffer, at: string): void {
  // What is encrypted only its maker can open.
  if (isEncryptedPlan(bytes)) return;
  try {
    for (const name of filesInZip(bytes, "").keys()) {
      if (!PARTS.has(name) && !FILE_OF_MODULE.test(name))
        throw new ArchiveError(
          `it holds a file that neither Terraform nor OpenTofu writes, named ${name.slice(0, 100)}`,
        );
    }
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
