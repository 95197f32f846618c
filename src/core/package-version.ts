import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "./package-root";

/** The version in package.json, the only place it is written. */
export function versionOfPackage(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as { version?: string };
  return manifest.version ?? "0.0.0";
}
