import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { claimFile } from "../../core/atomic-file";
import { AnycastError } from "../../core/errors";
import type { Receipt } from "./statement";

/** Where a project keeps the ids of receipts that were used. */
const LEDGER = join(".anycast", "used-receipts");

/**
 * Reserves a receipt for one apply: a second one is refused, even at the same time. On another machine the state
 * decides: an apply gives it a new version, and a receipt is valid for one version.
 * @throws AnycastError `ReceiptUsed`, exit code 1
 */
export function useReceipt(projectDirectory: string, receipt: Receipt): void {
  const path = entryOf(projectDirectory, receipt);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!claimFile(path, `${receipt.stack} ${new Date().toISOString()}\n`)) throw used(receipt);
}

/** Makes the check of `useReceipt` early, without reserving. @throws AnycastError `ReceiptUsed`, exit code 1 */
export function refuseUsed(projectDirectory: string, receipt: Receipt): void {
  if (existsSync(entryOf(projectDirectory, receipt))) throw used(receipt);
}

/** The id names a file: only letters, digits and dashes are allowed. */
function entryOf(projectDirectory: string, { id }: Receipt): string {
  return join(projectDirectory, LEDGER, id.replace(/[^A-Za-z0-9-]/g, "_"));
}

function used(receipt: Receipt): AnycastError {
  return new AnycastError(
    "ReceiptUsed",
    `The receipt was used before (at ${receipt.stack}). Nothing was applied. Fix: plan and check again.`,
    { exitCode: 1 },
  );
}
