import type { CheckReport, PlanReport } from "../../core/check-report";
import { worstOf } from "../../core/check-report";
import { failedReport } from "../../check/failed-report";
import type { DeployResult, StackResult } from "./types";

/**
 * The checks of a run as one report, for pull requests. A stack that could not be planned or checked is in it with
 * its error: a report without it would look like a yes. A stack that waits for others has no verdict yet.
 */
export function reportOfRun(result: DeployResult): CheckReport {
  const plans = result.stacks.flatMap((stack) => stack.report ?? unchecked(stack));
  if (plans.length === 0)
    return failedReport(["the app"], new Error("The app has no stack. Fix: add a TerraformStack to it."));
  const base = result.report ?? failedReport(["the app"], undefined);
  return { ...base, verdict: worstOf(plans.map(({ verdict }) => verdict)), plans };
}

function unchecked({ stack, status, error, reason }: StackResult): PlanReport[] {
  const refused =
    status === "denied" ? { code: "StackRefused", message: `Nothing was applied: ${reason ?? ""}.` } : undefined;
  const why = error ?? refused;
  return why === undefined ? [] : [{ source: stack, digest: "", verdict: "error", bindings: 0, error: why }];
}
