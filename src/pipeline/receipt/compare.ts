import { AnycastError, showValue } from "../../core/errors";
import type { Receipt } from "./statement";

/** How far clocks of two machines may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** What is found where the plan is to be applied. Parts that are not known yet are left out. */
export interface Found {
  readonly plan?: string;
  readonly json?: string;
  readonly policy?: string;
  readonly config?: string;
  readonly lockFile?: string;
  readonly terraform?: string;
  readonly gate?: string;
  readonly cliConfig?: string;
}

const WORDS: Readonly<Record<keyof Found, string>> = {
  plan: "plan file",
  json: "plan's JSON",
  policy: "compiled policy with its data",
  config: "anycast.yaml",
  lockFile: "provider lock file",
  terraform: "terraform version",
  gate: "version of this package",
  cliConfig: "provider installation settings of terraform",
};

/**
 * Refuses whatever is not as it was when the plan was checked.
 * @throws AnycastError `ReceiptMismatch`, exit code 1
 */
export function compareWithReceipt(receipt: Receipt, found: Found): void {
  const { digests, versions } = receipt;
  const expected: Required<Found> = {
    ...digests,
    terraform: versions.terraform,
    gate: versions.gate,
    cliConfig: receipt.cliConfig,
  };
  for (const part of Object.keys(WORDS) as (keyof Found)[]) {
    const got = found[part];
    if (got === undefined || got === expected[part]) continue;
    throw new AnycastError(
      "ReceiptMismatch",
      `Expected the ${WORDS[part]} to be what was checked (${showValue(expected[part])}), got ${showValue(got)} (at ${receipt.stack}). Nothing was applied. Fix: plan and check again.`,
      { exitCode: 1 },
    );
  }
}

/**
 * Refuses a receipt that does not allow an apply here and now.
 * @param maxAgeMs how old the check may be, in milliseconds
 * @throws AnycastError `ReceiptFailed`, `ReceiptExpired`, `ReceiptFromOtherWorld`, exit code 1
 */
export function proveCurrent(receipt: Receipt, options: { maxAgeMs: number; inSandbox: boolean; now: number }): void {
  const refuse = (code: string, sentence: string): never => {
    throw new AnycastError(code, `${sentence} (at ${receipt.stack}). Nothing was applied. Fix: plan and check again.`, {
      exitCode: 1,
    });
  };
  if (receipt.result !== "PASSED")
    refuse("ReceiptFailed", "Expected a receipt of an allowed plan, got one of a refused plan");
  if (receipt.sandbox !== options.inSandbox) {
    const [made, used] = receipt.sandbox ? ["in the sandbox", "for real"] : ["for real", "in the sandbox"];
    refuse(
      "ReceiptFromOtherWorld",
      `Expected a receipt that was made where it is used, got one made ${made} to be used ${used}`,
    );
  }
  const age = options.now - Date.parse(receipt.time);
  if (!(age <= options.maxAgeMs && age >= -CLOCK_TOLERANCE_MS)) {
    refuse(
      "ReceiptExpired",
      `Expected a check of the last ${Math.round(options.maxAgeMs / 60_000)} minutes, got one of ${receipt.time}`,
    );
  }
}
