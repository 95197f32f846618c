import { dirname, resolve } from "node:path";
import type { PlanSource } from "../check/checker";
import { configFor, projectRootOf } from "../terraform/project/project-root";
import type { ConfigFlags } from "./config-options";
import { givenConfig } from "./config-options";
import type { CliIo } from "./io";
import { contains, repositoryAbove } from "./repository";

/**
 * Each plan with the settings of its own project, regardless of the current directory: in a repository of several
 * projects, the current directory may belong to another project, or to none.
 * @throws AnycastError as `configAtCommit` does
 */
export async function withSettings(
  sources: readonly PlanSource[],
  flags: ConfigFlags,
  io: CliIo,
): Promise<readonly PlanSource[]> {
  const result: PlanSource[] = [];
  for (const source of sources) {
    const directory = projectOf(source, io.cwd);
    const config = (await givenConfig(flags, directory, io)) ?? configFor(directory, io.env) ?? null;
    result.push({ ...source, config });
  }
  return result;
}

/** A plan's project: its own directory, unless that is no project, such as a directory for temporary files. */
function projectOf({ path, cwd }: PlanSource, from: string): string {
  const directory = cwd ?? (path === undefined ? from : dirname(resolve(from, path)));
  if (contains(from, directory)) return directory;
  return repositoryAbove(directory) !== undefined && projectRootOf(directory) !== undefined ? directory : from;
}
