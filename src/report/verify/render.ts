import type { VerifyReport } from "../../core/verify-report";
import { renderVerifyHtml } from "./html";
import { renderVerifyMarkdown } from "./markdown";
import { renderVerifySvg } from "./svg";
import { renderVerifyText } from "./text";
import type { VerifyTextOptions } from "./text";

/** Every format of a measurement's report. */
export const VERIFY_FORMATS = ["text", "json", "markdown", "html", "svg"] as const;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

const RENDERERS: Readonly<Record<VerifyFormat, (report: VerifyReport, options: VerifyTextOptions) => string>> = {
  text: renderVerifyText,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  markdown: renderVerifyMarkdown,
  html: renderVerifyHtml,
  svg: renderVerifySvg,
};

/** The report in one format, with a line end at the end. */
export function renderVerify(report: VerifyReport, format: VerifyFormat, options: VerifyTextOptions = {}): string {
  return RENDERERS[format](report, options);
}
