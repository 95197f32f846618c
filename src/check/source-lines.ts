import { defined } from "../core/defined";
import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readRegularText } from "../core/regular-file";
import type { Finding, PlanReport } from "../core/check-report";
import { withFilesFrom } from "../core/report-files";
import { projectRootOf } from "../terraform/project/project-root";
import { asList, asObject } from "../plan";
import type { JsonObject } from "../plan";

/** Name of the configuration that CDKTF synthesises, in each stack's directory. */
const SYNTHESISED = "cdk.tf.json";

/** Adds to a finding where its resource was created. */
export type Locate = (finding: Finding) => Finding;

/** The directory of the stack that a plan is of: the first that has a synthesised configuration. */
export function stackDirectory(directories: readonly (string | undefined)[]): string | undefined {
  return directories.find((directory) => directory !== undefined && existsSync(join(directory, SYNTHESISED)));
}

/**
 * Reads CDKTF's own metadata from the configuration next to a plan: the construct's path, and the line that created it
 * where the app recorded lines. Plans of anything else are left as they are.
 * @param directory that of the stack
 */
export function locateBy(directory: string | undefined): Locate {
  const configuration = directory === undefined ? undefined : read(join(directory, SYNTHESISED));
  if (configuration === undefined) return (finding) => finding;
  return (finding) => {
    const metadata = metadataOf(finding.address, configuration);
    if (typeof metadata?.path !== "string") return finding;
    const source = lineOf(asList(metadata.stackTrace)[0]);
    return { ...finding, construct: metadata.path, ...defined({ source }) };
  };
}

/** Without a readable configuration the findings have no lines; the verdict does not depend on it. */
function read(path: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(readRegularText(path)));
  } catch {
    return undefined;
  }
}

/** Metadata of what an address belongs to: a resource, a data source, or the module construct it is in. */
function metadataOf(address: string, configuration: JsonObject): JsonObject | undefined {
  const [, module, data, type = "", name = ""] =
    /^(?:module\.([^.[]+)|(data\.)?([a-z0-9_]+)\.([^.[]+))(?:[.[]|$)/.exec(address) ?? [];
  const block =
    module === undefined
      ? asObject(
          asObject((data === undefined ? asObject(configuration.resource) : asObject(configuration.data))?.[type])?.[
            name
          ],
        )
      : asObject(asObject(configuration.module)?.[module]);
  return asObject(asObject(block?.["//"])?.metadata);
}

/** @param frame `file:line:column`, as the app has recorded it */
export function lineOf(frame: unknown): { file: string; line: number } | undefined {
  const [, file, line] = /^(.+):(\d+):\d+$/.exec(String(frame)) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/**
 * The report of a plan with its files named from where the check was called: the app names them from its own project.
 * @param stack the stack's directory. @default the files stay as they are named
 */
export function fromCaller(report: PlanReport, stack: string | undefined, cwd: string): PlanReport {
  const project = stack === undefined ? undefined : projectRootOf(stack);
  return project === undefined ? report : withFilesFrom(report, relative(cwd, project).split(sep).join("/"));
}
