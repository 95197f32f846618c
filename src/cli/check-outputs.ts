import { realpathSync, statSync, writeFileSync } from "node:fs";
import type { Stats } from "node:fs";
import { dirname, resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file";
import { AnycastError, expectationError, messageOf, showValue } from "../core/errors";
import { FORMATS, isFormat } from "../report";
import type { Format } from "../report";

/** A file that a report is written to. */
export interface OutputFile {
  readonly format: Format;
  readonly path: string;
}

/** Where a report goes. */
export interface Wanted {
  readonly stdout: Format;
  readonly files: readonly OutputFile[];
}

/**
 * Completes `--format` and `--output`, and refuses before the check what could not be written after it.
 * @throws AnycastError `FormatUnknown`, `FormatWithoutFile`, `OutputInvalid`, `OutputGivenTwice`, `OutputDirectoryMissing`
 */
export function wantedOutputs(formats: string | undefined, outputs: readonly string[], cwd: string): Wanted {
  const files = outputs.map((output) => outputFile(output, cwd));
  const twice = files.find(({ path }, i) => files.findIndex((other) => other.path === path) < i);
  if (twice !== undefined) {
    throw new AnycastError(
      "OutputGivenTwice",
      `Two outputs are written to ${showValue(twice.path)} (at --output). Fix: name another file for one of the formats.`,
    );
  }
  const [stdout = "text", ...others] = (formats ?? "text").split(",").map((name) => formatOf(name, "--format"));
  const unwritten = others.find((format) => !files.some((file) => file.format === format));
  if (unwritten !== undefined) {
    throw new AnycastError(
      "FormatWithoutFile",
      `Only the first format goes to stdout, and ${showValue(formats)} were given (at --format). Fix: add --output ${unwritten}=FILE.`,
    );
  }
  return { stdout, files };
}

function formatOf(name: string, at: string): Format {
  if (isFormat(name)) return name;
  throw expectationError("FormatUnknown", {
    what: "the format",
    rule: `one of ${FORMATS.join(", ")}`,
    got: name,
    at,
    fix: "name one of them.",
  });
}

function outputFile(output: string, cwd: string): OutputFile {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(output) ?? [];
  if (name === undefined || file === undefined || file === "-") {
    throw expectationError("OutputInvalid", {
      what: "an output",
      rule: "FORMAT=FILE",
      got: output,
      at: "--output",
      fix: "write it like --output sarif=anycast.sarif; what goes to stdout is chosen with --format.",
    });
  }
  return { format: formatOf(name, "--output"), path: writableFile(file, "--output", cwd) };
}

/**
 * The path of a file that can be written later, as far as can be determined beforehand.
 * @param at the option that names it
 * @throws AnycastError `OutputDirectoryMissing`
 */
export function writableFile(file: string, at: string, cwd: string): string {
  const path = resolve(cwd, file);
  const parent = statOf(dirname(path));
  if (parent?.isDirectory() !== true || statOf(path)?.isDirectory() === true) {
    throw new AnycastError(
      "OutputDirectoryMissing",
      `${showValue(file)} is not a file in a directory that exists (at ${at}). Fix: make the directory first, and name a file in it.`,
    );
  }
  refusePipe(path, at);
  return path;
}

/**
 * Writing into a named pipe would wait for a reader without end. A pipe that the shell opens (`/dev/fd/63`, `/dev/stdout`) has one.
 * @throws AnycastError `OutputIsPipe`
 */
export function refusePipe(path: string, at: string): void {
  if (path.startsWith("/dev/") || statOf(path)?.isFIFO() !== true) return;
  throw new AnycastError("OutputIsPipe", `${path} (at ${at}) is a named pipe. Fix: name a regular file.`);
}

/**
 * Refuses to replace a plan with a report: the plan may still be applied.
 * @param plans as they were named
 * @throws AnycastError `OutputIsPlan`
 */
export function refuseOverwriting(files: readonly OutputFile[], plans: readonly string[], cwd: string): void {
  const taken = new Set(plans.map((plan) => realOf(resolve(cwd, plan))));
  const clash = files.find(({ path }) => taken.has(realOf(path)));
  if (clash === undefined) return;
  throw new AnycastError(
    "OutputIsPlan",
    `The output ${showValue(clash.path)} is one of the plans (at --output). Fix: name a file of its own.`,
  );
}

/**
 * Writes a file whole or not at all, readable for others as a report should be. Devices and pipes are written to
 * directly, because no file can be renamed over them.
 * @param what description of the file, for messages
 * @throws AnycastError `OutputNotWritten`
 */
export function writeOutput(path: string, text: string, what: string): void {
  try {
    const stats = statOf(path);
    if (path.startsWith("/dev/") || (stats !== undefined && !stats.isFile())) writeFileSync(path, text, { flag: "a" });
    else writeFileAtomic(realOf(path), text, stats === undefined ? 0o644 : stats.mode & 0o777);
  } catch (cause) {
    throw new AnycastError(
      "OutputNotWritten",
      `The ${what} could not be written (at ${path}): ${messageOf(cause)}. Fix: check the path, its permissions and the space left.`,
      { cause },
    );
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The target of a path, so that a link stays a link. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
