import { defined } from "./defined";
import { posix } from "node:path";
import type { PlanReport } from "./check-report";

/**
 * The report of a plan with its files named from elsewhere.
 * @param directory where they were named from, as a path from where they are to be named from; `""` changes nothing
 */
export function withFilesFrom(plan: PlanReport, directory: string): PlanReport {
  if (directory === "") return plan;
  const placed = <T extends { readonly source?: { readonly file: string; readonly line: number } }>(one: T): T =>
    one.source === undefined ? one : { ...one, source: { ...one.source, file: fileFrom(one.source.file, directory) } };
  const { findings, acknowledgements, error } = plan;
  return {
    ...plan,
    ...defined({ findings: findings?.map(placed), acknowledgements: acknowledgements?.map(placed) }),
    ...(error === undefined ? {} : { error: placed(error) }),
  };
}

/** A path, or what starts with one, named from elsewhere; absolute ones stay. */
export function fileFrom(path: string, directory: string): string {
  const isAbsolute = /^([A-Za-z]:)?[\\/]/.test(path);
  return directory === "" || isAbsolute ? path : posix.join(directory, path.replace(/\\/g, "/"));
}
