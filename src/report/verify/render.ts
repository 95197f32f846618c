import type { VerifyReport } from "../../core/verify-report";
import { renderVerifyMarkdown } from "./markdown";
import { renderVerifyText } from "./text";
import type { VerifyTextOptions } from "./text";

/** Every form of a measurement's report. */
export const VERIFY_FORMATS = ["text", "json", "markdown"] as const;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

const RENDERERS: Readonly<Record<VerifyFormat, (report: VerifyReport, options: VerifyTextOptions) => string>> = {
  text: renderVerifyText,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  markdown: renderVerifyMarkdown,
};

/** The report in one format, with a line end at the end. */
export function renderVerify(report: VerifyReport, format: VerifyFormat, options: VerifyTextOptions = {}): string {
  return RENDERERS[format](report, options);
}
