import { AnycastError, showValue } from "../../core/errors";
import type { Receipt, ReceiptChanges } from "./statement";

/** How far clocks of two machines may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The environment in which the plan is to be applied. Parts that are not known yet are left out. */
export interface Found {
  readonly plan?: string;
  readonly json?: string;
  readonly content?: string;
  readonly policy?: string;
  readonly own?: string;
  readonly live?: string;
  readonly config?: string;
  readonly lockFile?: string;
  readonly terraform?: string;
  readonly gate?: string;
  readonly cliConfig?: string;
  readonly backend?: string;
  readonly state?: string;
  readonly operation?: string;
  readonly hasChanges?: string;
  /** Numbers of what the plan does, as `changesText` writes them. */
  readonly changes?: string;
}

/** Numbers of a plan in one text that can be compared. */
export function countsText({ add, change, remove, import: imported }: ReceiptChanges): string {
  return `${add} to add, ${change} to change, ${remove} to destroy, ${imported} to import`;
}

const WORDS: Readonly<Record<keyof Found, string>> = {
  plan: "plan file",
  json: "plan's JSON",
  content: "plan",
  policy: "compiled policy with its data",
  own: "team's own policies (--policy)",
  live: "answers of the cloud (--live)",
  config: "anycast.yaml",
  lockFile: "provider lock file",
  terraform: "terraform version",
  gate: "version of this package",
  cliConfig: "provider installation settings of terraform",
  backend: "place where the state is kept",
  state: "version of the state",
  operation: "kind of the plan",
  hasChanges: "word on whether the plan changes anything",
  changes: "number of changes in the plan",
};

/** Explanations that the values alone do not give. */
const HINTS: Partial<Readonly<Record<keyof Found, string>>> = {
  own: " Name the same policies with --policy, compiled by the same OPA.",
  live: " What was checked with --live is applied with --live, and the cloud must say the same.",
  state: " The plan was applied already, or somebody else has changed the stack since.",
};

/**
 * Refuses anything that differs from what was checked.
 * @throws AnycastError `ReceiptMismatch`, exit code 1
 */
export function compareWithReceipt(receipt: Receipt, found: Found): void {
  const { digests, versions } = receipt;
  const expected: Readonly<Record<keyof Found, string | undefined>> = {
    ...digests,
    terraform: versions.terraform,
    gate: versions.gate,
    cliConfig: receipt.cliConfig,
    backend: receipt.backend,
    state: receipt.state,
    operation: receipt.operation,
    hasChanges: String(receipt.hasChanges),
    // Receipts of an older version may have none; a number that is missing is not compared.
    changes: receipt.changes === undefined ? found.changes : countsText(receipt.changes),
  };
  for (const part of Object.keys(WORDS) as (keyof Found)[]) {
    const got = found[part];
    if (got === undefined || got === expected[part]) continue;
    throw new AnycastError(
      "ReceiptMismatch",
      `Expected the ${WORDS[part]} to be what was checked (${showValue(expected[part])}), got ${showValue(got)} (at ${receipt.stack}).${HINTS[part] ?? ""} Nothing was applied. Fix: plan and check again.`,
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
  if (receipt.result !== "PASSED") refuse("ReceiptFailed", "The receipt is of a refused plan");
  if (receipt.sandbox !== options.inSandbox) {
    const [made, used] = receipt.sandbox ? ["in the sandbox", "for real"] : ["for real", "in the sandbox"];
    refuse("ReceiptFromOtherWorld", `The receipt was made ${made} and is used ${used}`);
  }
  for (const [what, time] of [
    ["a check", receipt.time],
    ["answers of the cloud", receipt.liveSince ?? receipt.time],
  ] as const) {
    const age = options.now - Date.parse(time);
    if (age <= options.maxAgeMs && age >= -CLOCK_TOLERANCE_MS) continue;
    refuse(
      "ReceiptExpired",
      `Expected ${what} of the last ${Math.round(options.maxAgeMs / 60_000)} minutes, got ${what} of ${time}`,
    );
  }
}
