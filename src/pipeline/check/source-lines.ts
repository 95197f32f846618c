import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRegularText } from "../../core/regular-file";
import type { Finding } from "../../core/check-report";
import { asList, asObject } from "../../plan";
import type { JsonObject } from "../../plan";

/** What CDKTF names the configuration it synthesises, in each stack's directory. */
const SYNTHESISED = "cdk.tf.json";

/** Tells where what a finding is about was created. */
export type Locate = (finding: Finding) => Finding;

/**
 * Reads CDKTF's own metadata from the configuration beside a plan: the construct's path, and the line that created it
 * where the app recorded lines. Plans of anything else are left as they are.
 * @param directories where the configuration may be; the first that has one is taken
 */
export function locateBy(directories: readonly (string | undefined)[]): Locate {
  const found = directories.find((directory) => directory !== undefined && existsSync(join(directory, SYNTHESISED)));
  const configuration = found === undefined ? undefined : read(join(found, SYNTHESISED));
  if (configuration === undefined) return (finding) => finding;
  return (finding) => {
    const metadata = metadataOf(finding.address, configuration);
    if (typeof metadata?.path !== "string") return finding;
    const source = lineOf(asList(metadata.stackTrace)[0]);
    return { ...finding, construct: metadata.path, ...(source === undefined ? {} : { source }) };
  };
}

/** A configuration that cannot be read costs the lines, not the verdict. */
function read(path: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(readRegularText(path)));
  } catch {
    return undefined;
  }
}

function metadataOf(address: string, configuration: JsonObject): JsonObject | undefined {
  const [, type, name] = /^([a-z0-9_]+)\.([^.[]+)(\[|$)/.exec(address) ?? [];
  if (type === undefined || name === undefined) return undefined;
  const block = asObject(asObject(asObject(configuration.resource)?.[type])?.[name]);
  return asObject(asObject(block?.["//"])?.metadata);
}

function lineOf(frame: unknown): { file: string; line: number } | undefined {
  const [, file, line] = /^(.+):(\d+):\d+$/.exec(String(frame)) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}
