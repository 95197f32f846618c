import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AnycastError } from "./errors";

/** Directory of this package, the same from `src/` (tests) and from `dist/src/` (as shipped). */
export const PACKAGE_ROOT: string = find(__dirname);

function find(from: string): string {
  for (let directory = from; ; directory = dirname(directory)) {
    const manifest = join(directory, "package.json");
    if (
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "cdktf-alicloud-anycast"
    )
      return directory;
    if (dirname(directory) === directory) {
      throw new AnycastError(
        "PackageIncomplete",
        `The package has no package.json above ${from}. Fix: install cdktf-alicloud-anycast again.`,
      );
    }
  }
}
