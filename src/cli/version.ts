import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest package.json above this file: two levels up in the sources, three in `dist/`. */
export function packageRoot(): string {
  let directory = __dirname;
  while (!existsSync(join(directory, "package.json"))) {
    const parent = dirname(directory);
    if (parent === directory) return __dirname;
    directory = parent;
  }
  return directory;
}

/** The version in package.json, the only place it is written. */
export function versionOfPackage(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version?: string };
  return manifest.version ?? "0.0.0";
}
