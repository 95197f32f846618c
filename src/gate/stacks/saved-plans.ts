import { join } from "node:path";
import { readRegularTextOr } from "../../core/regular-file";
import { AnycastError, messageOf } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { MOST_RECEIPT } from "../../core/limits";
import type { Receipt, Trusted, TrustedKey } from "../receipt";
import { receiptIn, unseal } from "../receipt";
import type { SavedIndex } from "./save-plans";
import { CONFIGURATION_NAME, INDEX_NAME, PLAN_NAME, RECEIPT_NAME } from "./saved-names";

export interface SavedPlan {
  readonly name: string;
  readonly waitsFor: readonly string[];
  readonly planFile: string;
  readonly configuration: string;
  readonly receipt: Receipt;
  /** The signer of its receipt. @default signatures were not asked for */
  readonly signer?: TrustedKey;
}

/** Names that cannot lead out of the directory. */
const SAFE = /^[^/\\]+$/;

/**
 * Reads saved plans with their receipts.
 * @param trusted keys one of which must have signed each receipt; without any signatures are not asked for
 * @throws AnycastError `SavedPlansInvalid`, `ReceiptInvalid`, `ReceiptNotSigned`, `ReceiptSignatureWrong`
 */
export function readSavedPlans(directory: string, trusted: Trusted | undefined, now?: number): SavedPlan[] {
  return readIndex(directory).stacks.map(({ name, waitsFor }) => {
    const at = join(directory, name, RECEIPT_NAME);
    const { statement, ...signed } = unseal(readRegularTextOr(at, notReadable, MOST_RECEIPT), at, trusted, now);
    const receipt = receiptIn(statement, at);
    if (receipt.stack !== name) {
      throw new AnycastError(
        "ReceiptMismatch",
        `This is the receipt of ${receipt.stack}, not of ${name} (at ${at}). Nothing was applied. Fix: plan and check again.`,
        { exitCode: 1 },
      );
    }
    const base = join(directory, name);
    return {
      name,
      waitsFor,
      receipt,
      ...signed,
      planFile: join(base, PLAN_NAME),
      configuration: join(base, CONFIGURATION_NAME),
    };
  });
}

function readIndex(directory: string): SavedIndex {
  const path = join(directory, INDEX_NAME);
  let why = "it is of another kind or version";
  try {
    const index: unknown = JSON.parse(readRegularTextOr(path, notReadable));
    if (isRecord(index) && index.version === 1 && Array.isArray(index.stacks) && index.stacks.length > 0) {
      const stacks = index.stacks.filter(isRecord).map(({ name, waitsFor }) => ({
        name: String(name),
        waitsFor: Array.isArray(waitsFor) ? waitsFor.map(String) : [],
      }));
      const known = new Set<string>();
      const inOrder = stacks.every(({ name, waitsFor }) => {
        const good =
          SAFE.test(name) && name !== ".." && !known.has(name) && waitsFor.every((other) => known.has(other));
        known.add(name);
        return good;
      });
      if (inOrder && stacks.length === index.stacks.length) return { version: 1, stacks };
      why = "its stacks are not in order";
    }
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    why = messageOf(cause);
  }
  throw new AnycastError(
    "SavedPlansInvalid",
    `${path} is not a directory made by \`anycast plan --save\`: ${why}. Fix: plan again.`,
  );
}

const notReadable = (cause: unknown): AnycastError =>
  new AnycastError(
    "SavedPlansInvalid",
    `The saved plans cannot be read: ${messageOf(cause)}. Fix: name the directory.`,
    { cause },
  );
