import { readdirSync } from "node:fs";
import { join } from "node:path";
import { refuseSpecialFile } from "../core/regular-file";

/** Files that terraform reads of its own accord, in the directory that it is started in and in its own one there. */
const READ = /\.(?:tf|tofu|tfvars)(?:\.json)?$|\.tfstate$|^\.terraform\.lock\.hcl$|^environment$/;

/**
 * Refuses pipes, devices and sockets where terraform would read them; it would wait at a pipe without end.
 * @throws AnycastError `NotARegularFile`
 */
export function refuseSpecialFilesIn(directory: string): void {
  for (const place of [directory, join(directory, ".terraform")])
    for (const name of namesIn(place)) if (READ.test(name)) refuseSpecialFile(join(place, name));
}

/** None of a directory that cannot be read, which terraform reports itself. */
function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
