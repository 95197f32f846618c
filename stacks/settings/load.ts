import { readFileSync } from "node:fs";
import { relative } from "node:path";
import Ajv from "ajv";
import type { Document } from "yaml";
import { LineCounter, parseDocument } from "yaml";
import { isInside, readBlock } from "./blocks";
import { describe, placeOf, sentence } from "./problems";
import { SETTINGS_SCHEMA } from "./schema";
import type { Settings } from "./settings";

/** A settings file that cannot be used; the message names file, line, column and expectation, one problem per line. */
export class SettingsError extends Error {
  public constructor(
    public readonly code: "SettingsNotReadable" | "SettingsNotYaml" | "SettingsInvalid",
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "SettingsError";
  }
}

/**
 * Reads and checks a settings file and fills in the defaults.
 * @param file path of the file
 * @throws SettingsError
 */
export function loadSettings(file: string): Settings {
  const near = relative(process.cwd(), file);
  return parseSettings(readText(file), near.startsWith("..") ? file : near);
}

/** An alias that names nothing, or one too many, is found only when the content is taken. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError("SettingsNotYaml", `Expected ${file} to be YAML: ${said}. Fix: correct the alias.`, cause);
  }
}

/**
 * Checks the text of a settings file and fills in the defaults.
 * @param file what errors call it
 * @throws SettingsError `SettingsNotYaml`, `SettingsInvalid`
 */
export function parseSettings(text: string, file: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new SettingsError(
      "SettingsNotYaml",
      `Expected ${file} to be YAML (at ${file}:${line}:${col}): ${broken.message}. Fix: correct the line.`,
      broken,
    );
  }
  const ajv = new Ajv({ allErrors: true, useDefaults: true, verbose: true, strict: true });
  ajv.addKeyword("patternErrorMessage");
  const check = ajv.compile<Settings>(SETTINGS_SCHEMA);
  const settings = contentOf(document, file);
  const valid = check(settings);
  const problems = valid
    ? networkProblems(settings, (path) => placeOf(path, file, document, lines))
    : (check.errors ?? []).map((error) => describe(error, file, document, lines));
  if (valid && problems.length === 0) return settings;
  throw new SettingsError("SettingsInvalid", [...new Set(problems)].join("\n"));
}

/** What a schema cannot say: both address blocks are real, and one lies inside the other. */
function networkProblems({ network }: Settings, place: (path: readonly string[]) => string): string[] {
  const vpc = readBlock(network.cidr);
  const vswitch = readBlock(network.vswitchCidr);
  const say = (key: keyof typeof network, rule: string): string =>
    sentence({
      what: `network.${key}`,
      rule,
      got: network[key],
      at: place(["network", key]),
      fix: "change the block.",
    });
  const real = "a block that starts at its first address";
  return [
    ...(vpc === undefined ? [say("cidr", real)] : []),
    ...(vswitch === undefined ? [say("vswitchCidr", real)] : []),
    ...(vpc !== undefined && vswitch !== undefined && !isInside(vswitch, vpc)
      ? [say("vswitchCidr", `inside ${network.cidr}`)]
      : []),
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new SettingsError(
      "SettingsNotReadable",
      sentence({
        what: "the settings file",
        rule: "a readable file",
        got: (cause as NodeJS.ErrnoException).code ?? String(cause),
        at: file,
        fix: "create it, or name another one: SETTINGS=FILE, or the context value `settings`.",
      }),
      cause,
    );
  }
}
