import { defined } from "../core/defined";
import type { CheckReport, PolicyReport } from "../core/check-report";
import { AnycastError, messageOf } from "../core/errors";
import { readPolicyBundle } from "../policy";

/**
 * The report of a check that could not be made at all, because the settings are wrong or the policy cannot be opened.
 * Every plan has the reason, so that no report format looks like a check without findings.
 * @param sources names of what was to be checked; at least one
 */
export function failedReport(sources: readonly string[], thrown: unknown): CheckReport {
  const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
  const source = thrown instanceof AnycastError ? thrown.source : undefined;
  const error = { code, message: messageOf(thrown), ...defined({ source }) };
  const plans = sources.map((name) => ({ source: name, digest: "", verdict: "error" as const, bindings: 0, error }));
  return { version: 1, verdict: "error", policy: policyReport(), plans };
}

function policyReport(): PolicyReport {
  try {
    const { digest, rules } = readPolicyBundle();
    return { digest, rules: rules.length };
  } catch {
    // The report already has an error: this one, or an earlier one.
    return { digest: "", rules: 0 };
  }
}
