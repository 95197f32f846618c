import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { AnycastError } from "../../core/errors";
import { messageOf } from "../../core/errors";
import { proveApplied } from "../proof";
import { signingKey, writeReceipt } from "../receipt";
import type { GatedRun } from "./gated-run";
import type { Judged } from "./judge";

/**
 * Compares the state after an apply with what the check has proven, says a difference, and adds both to the receipt.
 * @param isWhole the apply has come to its end; of one that failed only a wrong binding is told
 * @returns `ProofBroken` or `ProofNotMade`
 */
export async function proveRun(
  { context, line, terraform, messages }: GatedRun,
  { report, receipt, changes }: Judged,
  isWhole: boolean,
): Promise<AnycastError | undefined> {
  const directory = resolve(context.cwd, line.chdir ?? ".");
  const isRefresh = Object.values(changes.counts).every((count) => count === 0);
  const applied = { stack: basename(directory), report, directory, isWhole, isRefresh };
  const { proof, against } = await proveApplied(terraform, applied);
  const data = join(directory, ".terraform");
  try {
    const key = signingKey(undefined, context.env);
    if (existsSync(data)) writeReceipt(join(data, "anycast-receipt.json"), { ...receipt, proof }, key);
  } catch (thrown) {
    messages.notice(`The proof after the apply could not be written into the receipt: ${messageOf(thrown)}.`);
  }
  if (against !== undefined && (isWhole || against.code === "ProofBroken")) messages.failed(against, "");
  return against;
}
