import type { Command } from "commander";
import { expectationError } from "../core/errors";
import type { VerifyReport } from "../core/verify-report";
import { renderVerify, VERIFY_FORMATS } from "../report/verify";
import type { VerifyFormat } from "../report/verify";
import { writableFile, writeOutput } from "./check-outputs";
import type { CliIo } from "./io";
import { collected } from "./numbers";

export interface FormFlags {
  readonly format: string;
  readonly output?: readonly string[];
}

/** Adds the options for the formats of a measurement's report and where it is written. */
export function addFormOptions(command: Command): Command {
  return command
    .option("--format <format>", `form of the result on stdout: ${VERIFY_FORMATS.join(", ")}`, "text")
    .option("-o, --output <format=file>", "also write that form to a file; may be repeated", collected);
}

/**
 * Completes the options, and refuses beforehand what could not be written.
 * @returns the function that writes the report in every wanted format
 * @throws AnycastError `FormatUnknown`, `OutputInvalid`, `OutputDirectoryMissing`
 */
export function formWriter(flags: FormFlags, io: CliIo): (report: VerifyReport) => void {
  const stdout = formatOf(flags.format, "--format");
  const files = (flags.output ?? []).map((text) => {
    const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || file === undefined) {
      throw expectationError("OutputInvalid", {
        what: "an output",
        rule: "FORMAT=FILE",
        got: text,
        at: "--output",
        fix: "write it like --output markdown=verify.md.",
      });
    }
    return { format: formatOf(name, "--output"), path: writableFile(file, "--output", io.cwd) };
  });
  return (report) => {
    io.stdout.write(renderVerify(report, stdout, { color: io.color.stdout }));
    for (const { format, path } of files) writeOutput(path, renderVerify(report, format), `${format} report`);
  };
}

function formatOf(name: string, at: string): VerifyFormat {
  const known = VERIFY_FORMATS.find((one) => one === name);
  if (known !== undefined) return known;
  throw expectationError("FormatUnknown", {
    what: "the format",
    rule: `one of ${VERIFY_FORMATS.join(", ")}`,
    got: name,
    at,
    fix: "name one of them.",
  });
}
