import type { CheckReport } from "../core/check-report";
import { fileFrom, withFilesFrom } from "../core/report-files";

/**
 * A report whose paths start at the repository's root, as pull requests and code scanning need them.
 * @param directory where the report's paths start, from the repository's root; `""` changes nothing
 */
export function fromRepository(report: CheckReport, directory: string): CheckReport {
  if (directory === "") return report;
  const { waivers } = report;
  return {
    ...report,
    plans: report.plans.map((plan) => withFilesFrom(plan, directory)),
    ...(waivers === undefined ? {} : { waivers: waivers.map((one) => ({ ...one, at: fileFrom(one.at, directory) })) }),
  };
}
