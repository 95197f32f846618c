import type { CheckReport } from "../core/check-report";
import type * as Text from "../report/text";

/** The human-readable report, loaded when there is one. */
export function textOf(report: CheckReport, options: { color: boolean; width: number }): string {
  const { renderText } = require("../report/text") as typeof Text;
  return renderText(report, options);
}
