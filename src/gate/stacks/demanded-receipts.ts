import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRegularText } from "../../core/regular-file";
import type { CheckReport, Finding } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import { MOST_RECEIPT } from "../../core/limits";
import type { Receipt, Trusted } from "../receipt";
import {
  changeSourceText,
  compareWithReceipt,
  otherChanges,
  proveCurrent,
  receiptIn,
  refuseUsed,
  signerText,
  UNKNOWN,
  unseal,
  useReceipt,
} from "../receipt";
import { RECEIPT_NAME } from "./saved-names";

/** The rule for a plan that differs from its receipt. */
export const RECEIPT_RULE = "deploy/receipt";

/** Receipts of an earlier check. A plan is allowed only if it equals the one that was checked then. */
export interface DemandedReceipts {
  /** Who signed the receipt of each stack, where signatures were asked for. */
  readonly signers: ReadonlyMap<string, string>;
  /** The verdict, with a finding where the plan differs from its receipt. */
  compare(report: CheckReport, made: Receipt): CheckReport;
  /** Takes a stack's receipt for one apply. @throws AnycastError `ReceiptUsed` */
  use(stack: string): void;
}

export interface DemandOptions {
  /** A receipt, or a directory made by `plan --receipts` or `plan --save`. */
  readonly path: string;
  readonly projectDirectory: string;
  /** Public keys one of which must have signed each receipt. @default signatures are not asked for */
  readonly trusted?: Trusted | undefined;
  /** How old a check may be, in milliseconds. */
  readonly maxAgeMs: number;
  readonly inSandbox: boolean;
  /** Milliseconds since the epoch. @default now */
  readonly now?: number;
}

/**
 * Reads and verifies the receipts before anything is planned.
 * @throws AnycastError `ReceiptsNotFound`, `ReceiptInvalid`, `ReceiptNotSigned`, `ReceiptSignatureWrong`,
 *   `ReceiptFailed`, `ReceiptExpired`, `ReceiptFromOtherWorld`, `ReceiptUsed`
 */
export function demandReceipts(options: DemandOptions): DemandedReceipts {
  const { maxAgeMs, inSandbox, trusted, projectDirectory } = options;
  const receipts = new Map<string, Receipt>();
  const signers = new Map<string, string>();
  for (const path of receiptFiles(options.path)) {
    const { statement, signer } = unseal(readRegularText(path, MOST_RECEIPT), path, trusted, options.now);
    const receipt = receiptIn(statement, path);
    if (signer !== undefined) signers.set(receipt.stack, signerText(signer));
    proveCurrent(receipt, { maxAgeMs, inSandbox, now: options.now ?? Date.now() });
    refuseUsed(projectDirectory, receipt);
    receipts.set(receipt.stack, receipt);
  }
  return {
    signers,
    compare: (report, made) => {
      const against = refusalOf(receipts.get(made.stack), made);
      return against === undefined ? report : refused(report, against);
    },
    use: (stack) => {
      const receipt = receipts.get(stack);
      if (receipt !== undefined) useReceipt(projectDirectory, receipt);
    },
  };
}

function receiptFiles(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const found = readdirSync(path)
      .map((name) => join(path, name, RECEIPT_NAME))
      .filter((file) => existsSync(file));
    if (found.length > 0) return found.sort();
  } catch (cause) {
    throw notFound(path, messageOf(cause), cause);
  }
  throw notFound(path, "there is no receipt in it");
}

function notFound(path: string, why: string, cause?: unknown): AnycastError {
  return new AnycastError(
    "ReceiptsNotFound",
    `${path} is no receipt, and no directory with receipts: ${why}. Fix: make them with \`anycast plan --receipts DIR\`.`,
    { cause },
  );
}

/** How the plan differs from the checked one, in one sentence; undefined when it does not. */
function refusalOf(demanded: Receipt | undefined, made: Receipt): string | undefined {
  if (demanded === undefined) return `There is no receipt of a check of ${made.stack}.`;
  // Two states that cannot be distinguished might be two states.
  if (made.state === UNKNOWN) {
    return `The plan of ${made.stack} is encrypted, so the version of its state is not known.`;
  }
  const { content, policy, own, live, config, lockFile } = made.digests;
  const { terraform, gate } = made.versions;
  try {
    // Reasons for a different plan are compared before the plan itself: they are more helpful.
    compareWithReceipt(demanded, { policy, own, live, config, lockFile, terraform, gate, cliConfig: made.cliConfig });
    compareWithReceipt(demanded, { backend: made.backend, state: made.state });
    compareWithReceipt(demanded, { content, operation: made.operation });
  } catch (thrown) {
    const differs = otherChanges(demanded.planned ?? [], made.planned ?? []);
    const source = changeSourceText(demanded.source ?? {});
    const told = differs === "" ? "" : ` What differs from the check${source}: ${differs}.`;
    return messageOf(thrown).replace(" Nothing was applied.", () => `${told} Nothing was applied.`);
  }
  return undefined;
}

function refused(report: CheckReport, message: string): CheckReport {
  const finding: Finding = {
    rule: RECEIPT_RULE,
    outcome: "violation",
    level: "deny",
    waived: false,
    address: "",
    message: message.replace(/ Nothing was applied\. Fix: .*$/s, ""),
    fix: "Plan and check again, and demand the new receipts.",
    doc: "docs/pipelines.md",
  };
  const plans = report.plans.map((plan) =>
    plan.verdict === "error"
      ? plan
      : { ...plan, verdict: "denied" as const, findings: [...(plan.findings ?? []), finding] },
  );
  return { ...report, verdict: report.verdict === "error" ? "error" : "denied", plans };
}
