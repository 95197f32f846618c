import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { AnycastError, systemCodeOf } from "../../core/errors";
import type { Receipt } from "./statement";

/** Where a project keeps the ids of receipts that were used. */
const LEDGER = join(".anycast", "used-receipts");

/**
 * Takes a receipt for one apply: whoever comes second, at the same time even, is refused. On another machine it is
 * terraform that refuses a plan whose state has moved on.
 * @throws AnycastError `ReceiptUsed`, exit code 1
 */
export function useReceipt(projectDirectory: string, receipt: Receipt): void {
  const directory = join(projectDirectory, LEDGER);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    // The id names a file: nothing but letters, digits and dashes may get there.
    const file = openSync(join(directory, receipt.id.replace(/[^A-Za-z0-9-]/g, "_")), "wx", 0o600);
    try {
      writeSync(file, `${receipt.stack} ${new Date().toISOString()}\n`);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (systemCodeOf(cause) !== "EEXIST") throw cause;
    throw new AnycastError(
      "ReceiptUsed",
      `Expected a receipt that was not used before, got one that was (at ${receipt.stack}). Nothing was applied. Fix: plan and check again.`,
      { cause, exitCode: 1 },
    );
  }
}
