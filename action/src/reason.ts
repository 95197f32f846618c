import type { Said } from "./anycast";
import type { Mode } from "./inputs";

/** Why a step failed, for the steps after it; empty where it did not. */
export type FailureReason = "" | "denied" | "error" | "plan-changed" | "state-locked" | "apply-failed";

export function failureReason(mode: Mode, { verdict, codes }: Said): FailureReason {
  if (verdict === "allowed") return "";
  if (codes.some((code) => code === "PlanStale" || (code.startsWith("Receipt") && code !== "ReceiptNotWritten"))) {
    return "plan-changed";
  }
  if (codes.includes("StateLocked")) return "state-locked";
  if (mode === "deploy" && codes.some((code) => APPLY_FAILED.has(code))) return "apply-failed";
  return verdict;
}

const APPLY_FAILED: ReadonlySet<string> = new Set(["ApplyFailed", "ApplyIncomplete", "TerraformFailed", "ProofFailed"]);
