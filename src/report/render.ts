import type { CheckReport } from "../core/check-report";
import { renderGithub } from "./github";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import type { MarkdownOptions } from "./markdown";
import { renderMarkdown } from "./markdown";
import type { SarifOptions } from "./sarif";
import { renderSarif } from "./sarif";
import type { TextOptions } from "./text";
import { renderText } from "./text";

/** Every form a report can take, as `--format` names them. */
export const FORMATS = ["text", "json", "sarif", "junit", "github", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

export interface RenderOptions extends TextOptions, SarifOptions, MarkdownOptions {}

const RENDERERS: Readonly<Record<Format, (report: CheckReport, options: RenderOptions) => string>> = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
  markdown: renderMarkdown,
};

export function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

/** The report in one format: the same bytes for the same report, with a line end at the end. */
export function render(report: CheckReport, format: Format, options: RenderOptions = {}): string {
  return RENDERERS[format](report, options);
}
