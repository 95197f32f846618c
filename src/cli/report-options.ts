import type { Command } from "commander";
import { AnycastError, messageOf } from "../core/errors";
import type { Format } from "../report";
import { FORMATS, WITH_OVERVIEW } from "../report";
import { wantedOutputs, writeOutput } from "./check-outputs";
import type { OutputFile } from "./check-outputs";
import { renderOptions } from "./check-render";
import type { RenderOptions } from "../report";
import type { CliIo } from "./io";
import { collected } from "./numbers";
import { fromRepositoryRoot } from "./repository";

export interface ReportFlags {
  readonly format?: string;
  readonly output?: readonly string[];
  readonly docsUrl?: string;
}

/** Adds the options for the formats of the report and where it is written. */
export function addReportOptions(command: Command): Command {
  return command
    .option("--format <formats>", `form of the result on stdout: ${FORMATS.join(", ")} (default: text)`)
    .option("-o, --output <format=file>", "also write that form to a file; may be repeated", collected)
    .option("--docs-url <url>", "where docs/rules is published, for links in sarif and markdown");
}

/** Renders a result in one format. On stdout it may have colours and is wrapped to the terminal. */
export type Rendered = (format: Format, options: RenderOptions) => string;

/** Writes a result in the wanted formats. */
export interface Reporter {
  /** The format on stdout. */
  readonly stdout: Format;
  readonly files: readonly OutputFile[];
  /** Whether one of the formats shows what the plans do. */
  readonly wantsOverview: boolean;
  /** Writes the result in every wanted format. @returns true when a file could not be written, which is reported on stderr */
  write(rendered: Rendered): boolean;
  /** Writes it to the files only. @returns as `write` */
  writeFiles(rendered: Rendered): boolean;
  /** Writes it to stdout only. */
  writeStdout(rendered: Rendered): void;
  /** Writes why there is no result, in every wanted format except as text on stdout, because stderr already has it. */
  writeFailure(rendered: Rendered): void;
}

/**
 * Completes the options, and refuses beforehand what could not be written.
 * @param base directory that the paths of the result start at
 * @throws AnycastError `FormatUnknown`, `FormatWithoutFile`, `OutputInvalid`, `OutputGivenTwice`,
 *   `OutputDirectoryMissing`, `DocsUrlInvalid`
 */
export function reporterFor(flags: ReportFlags, io: CliIo, base: string = io.cwd): Reporter {
  const { stdout, files } = wantedOutputs(flags.format, flags.output ?? [], io.cwd);
  const formats = [stdout, ...files.map(({ format }) => format)];
  const options = renderOptions(flags.docsUrl, formats, fromRepositoryRoot(base, io.env), io.env);
  const toStdout = (rendered: Rendered): unknown =>
    io.stdout.write(rendered(stdout, { ...options, color: io.color.stdout, width: io.width }));
  const toFiles = (rendered: Rendered): boolean => {
    const results = files.map(({ path, format }) =>
      isWritten(path, () => rendered(format, options), `${format} report`, io),
    );
    return results.includes(false);
  };
  return {
    stdout,
    files,
    wantsOverview: formats.some((format) => WITH_OVERVIEW.has(format)),
    writeFiles: toFiles,
    writeStdout: (rendered) => void toStdout(rendered),
    write: (rendered) => {
      const failed = toFiles(rendered);
      toStdout(rendered);
      return failed;
    },
    writeFailure: (rendered) => {
      toFiles(rendered);
      if (stdout !== "text") toStdout(rendered);
    },
  };
}

/**
 * Writes a file. A failure is reported on stderr and not thrown, so that other files are still written.
 * @param what description of the file, for messages
 * @returns whether it was written
 */
export function isWritten(path: string, text: () => string, what: string, io: CliIo): boolean {
  try {
    writeOutput(path, text(), what);
    return true;
  } catch (thrown) {
    const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
    io.stderr.write(`anycast: ${messageOf(thrown)} [${code}]\n`);
    return false;
  }
}
