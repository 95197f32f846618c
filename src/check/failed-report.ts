import { defined } from "../core/defined";
import type { CheckReport, PolicyReport } from "../core/check-report";
import { AnycastError, messageOf } from "../core/errors";
import { readPolicyBundle } from "../policy";

/**
 * The report of a check that could not be made at all: the settings are wrong, the policy cannot be opened. Every plan
 * carries the reason, so that no form of the report looks like a check that found nothing.
 * @param sources names of what was to be checked; at least one
 */
export function failedReport(sources: readonly string[], thrown: unknown): CheckReport {
  const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
  const source = thrown instanceof AnycastError ? thrown.source : undefined;
  const error = { code, message: messageOf(thrown), ...defined({ source }) };
  const plans = sources.map((name) => ({ source: name, digest: "", verdict: "error" as const, bindings: 0, error }));
  return { version: 1, verdict: "error", policy: policyThere(), plans };
}

function policyThere(): PolicyReport {
  try {
    const { digest, rules } = readPolicyBundle();
    return { digest, rules: rules.length };
  } catch {
    // Why it cannot be opened is what the report is about, or another thing came before.
    return { digest: "", rules: 0 };
  }
}
