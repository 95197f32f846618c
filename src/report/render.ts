import type { CheckReport } from "../core/check-report";
import type { CommentOptions } from "./comment";
import { renderComment } from "./comment";
import { fromRepository } from "./from-repository";
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
export const FORMATS = ["text", "json", "sarif", "junit", "github", "markdown", "comment"] as const;
export type Format = (typeof FORMATS)[number];

export interface RenderOptions extends TextOptions, SarifOptions, MarkdownOptions {
  /** Where the report's paths start, from the repository's root; for pull requests and code scanning. @default `""` */
  readonly directory?: string;
  /** What a comment says in addition to the report. @default nothing */
  readonly comment?: Pick<CommentOptions, "commit" | "runUrl">;
}

/** Forms whose readers look at the repository as a whole. */
const FROM_REPOSITORY: ReadonlySet<Format> = new Set(["sarif", "junit", "github", "markdown", "comment"]);

const RENDERERS: Readonly<Record<Format, (report: CheckReport, options: RenderOptions) => string>> = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
  markdown: renderMarkdown,
  comment: (report, { comment, directory }) => renderComment(report, { app: directory ?? "", ...comment }),
};

export function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

/** The report in one format: the same bytes for the same report, with a line end at the end. */
export function render(report: CheckReport, format: Format, options: RenderOptions = {}): string {
  const placed = FROM_REPOSITORY.has(format) ? fromRepository(report, options.directory ?? "") : report;
  return RENDERERS[format](placed, options);
}
