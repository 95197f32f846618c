import { existsSync } from "node:fs";
import { join } from "node:path";
import release from "./opentofu-release.json";
import { PACKAGE_ROOT } from "./package-root";

/**
 * Where `anycast setup` puts OpenTofu: in this package's own directory. A program in the directory of a project would
 * be run by anyone who checks a plan there.
 */
export const OPENTOFU_DIRECTORY: string = join(PACKAGE_ROOT, ".setup", `opentofu-${release.version}`);

const PROGRAM = process.platform === "win32" ? "tofu.exe" : "tofu";

/** The OpenTofu that `anycast setup` has put there, if it has. */
export function fetchedOpenTofu(directory: string = OPENTOFU_DIRECTORY): string | undefined {
  const path = join(directory, PROGRAM);
  return existsSync(path) ? path : undefined;
}
