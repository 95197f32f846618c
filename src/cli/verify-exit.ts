import type { VerifyReport } from "../core/verify-report";
import { hasErrors, unmeasured } from "../verify";
import type { FailOn, MeasureFlags } from "./verify-flags";

/** The results for which the command fails. */
export function failsOn({
  failOn = [],
  failOnRegression,
}: Pick<MeasureFlags, "failOn" | "failOnRegression">): Set<FailOn> {
  return new Set([...failOn, ...(failOnRegression === true ? (["slower", "errors"] as const) : [])]);
}

/**
 * 2 when an address did not answer at all or the measurement was stopped, 1 for a result that `--fail-on` or an
 * objective refuses, else 0. A comparison that could not be made is an error as well: with a different answer it is
 * unknown whether the address works.
 */
export function exitCodeOfVerify(report: VerifyReport, wanted: ReadonlySet<FailOn>): 0 | 1 | 2 {
  if (report.interrupted || unmeasured(report.vantages)) return 2;
  const names: Readonly<Record<string, FailOn>> = {
    slower: "slower",
    "no difference": "no-difference",
    inconclusive: "inconclusive",
  };
  const failed = report.vantages.some((one) => wanted.has(names[one.verdict] ?? "errors") && one.verdict !== "faster");
  const errors = wanted.has("errors") && report.vantages.some(hasErrors);
  return failed || errors || report.slo.some(({ met }) => !met) ? 1 : 0;
}
