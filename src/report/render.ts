import type { CheckReport } from "../core/check-report";
import type * as Comment from "./comment";
import type { CommentOptions } from "./comment";
import type * as CodeQuality from "./codequality";
import { fromRepository } from "./from-repository";
import type * as Github from "./github";
import type * as GitlabTerraform from "./gitlab-terraform";
import type * as Json from "./json";
import type * as Junit from "./junit";
import type * as Markdown from "./markdown";
import type { MarkdownOptions } from "./markdown";
import type * as Sarif from "./sarif";
import type { SarifOptions } from "./sarif";
import { withinLimit } from "./text-limit";
import type * as Text from "./text";
import type { TextOptions } from "./text";

/** Every format of a report, as `--format` names them. */
export const FORMATS = [
  "text",
  "json",
  "sarif",
  "junit",
  "github",
  "markdown",
  "comment",
  "codequality",
  "gitlab-terraform",
] as const;
export type Format = (typeof FORMATS)[number];

export interface RenderOptions extends TextOptions, SarifOptions, MarkdownOptions {
  /** Where the report's paths start, from the repository's root; for pull requests and code scanning. @default `""` */
  readonly directory?: string;
  /** What a comment shows in addition to the report. @default nothing */
  readonly comment?: Pick<CommentOptions, "commit" | "runUrl">;
}

/** Formats that are read where the check was started; in all others, paths start at the repository's root. */
const WHERE_STARTED: ReadonlySet<Format> = new Set(["text", "json"]);

/** Each is loaded when it is used: a run needs one or two formats. */
const RENDERERS: Readonly<Record<Format, () => (report: CheckReport, options: RenderOptions) => string>> = {
  text: () => (require("./text") as typeof Text).renderText,
  json: () => (require("./json") as typeof Json).renderJson,
  sarif: () => (require("./sarif") as typeof Sarif).renderSarif,
  junit: () => (require("./junit") as typeof Junit).renderJunit,
  github: () => (require("./github") as typeof Github).renderGithub,
  markdown: () => (require("./markdown") as typeof Markdown).renderMarkdown,
  comment: () => {
    const { renderComment } = require("./comment") as typeof Comment;
    return (report, { comment, directory }) => renderComment(report, { app: directory ?? "", ...comment });
  },
  codequality: () => (require("./codequality") as typeof CodeQuality).renderCodeQuality,
  "gitlab-terraform": () => (require("./gitlab-terraform") as typeof GitlabTerraform).renderGitlabTerraform,
};

/** Formats that show what the plans do. */
export const WITH_OVERVIEW: ReadonlySet<Format> = new Set(["comment", "gitlab-terraform"]);

export function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

/**
 * The report in one format: the same bytes for the same report, with a line end at the end.
 * @throws AnycastError `ReportTooLarge`
 */
export function render(report: CheckReport, format: Format, options: RenderOptions = {}): string {
  const placed = WHERE_STARTED.has(format) ? report : fromRepository(report, options.directory ?? "");
  return withinLimit(format, () => RENDERERS[format]()(placed, options));
}
