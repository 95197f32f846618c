/**
 * Writes the release of OpenTofu that a machine without terraform gets, with the SHA-256 of its archives:
 *
 *     node --conditions=anycast-source --import tsx tools/opentofu-release.ts 1.12.6
 *     node --conditions=anycast-source --import tsx tools/opentofu-release.ts 1.12.6 tofu_1.12.6_SHA256SUMS
 *
 * Without a file the sums are downloaded from the release. Compare them with a second place before you commit them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PACKAGE_ROOT } from "../src/core/package-root";
import { get } from "../src/terraform/fetch/request";

/** Those on which both Node and OpenTofu run and this project was tried or can be expected to work. */
const PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "windows_amd64"];

/**
 * The committed file's content.
 * @param sums lines of a SHA-256 and a file's name
 * @throws Error where a line is not of that form, or no platform is in it
 */
export function releaseOf(version: string, sums: string): string {
  const byName = new Map<string, string>();
  for (const line of sums.split("\n").filter(Boolean)) {
    const [, sum, name] = /^([0-9a-f]{64})[ \t]+\*?(\S+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined)
      throw new Error(`Expected lines of a SHA-256 and a name, got \`${line}\`.`);
    if (byName.has(name)) throw new Error(`Expected one sum of ${name}, got two.`);
    byName.set(name, sum);
  }
  const found = PLATFORMS.flatMap((platform) => {
    const sum = byName.get(`tofu_${version}_${platform}.zip`);
    return sum === undefined ? [] : [[platform, sum] as const];
  });
  if (found.length === 0) throw new Error(`Expected sums of OpenTofu ${version}, got none.`);
  return `${JSON.stringify({ version, sha256: Object.fromEntries(found) }, undefined, 2)}\n`;
}

async function main(version: string | undefined, file: string | undefined): Promise<void> {
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`Expected a version like 1.12.6, got \`${version ?? "nothing"}\`.`);
  const url = `https://github.com/opentofu/opentofu/releases/download/v${version}/tofu_${version}_SHA256SUMS`;
  const sums = file === undefined ? await text(await get(new URL(url), process.env)) : readFileSync(file, "utf8");
  writeFileSync(join(PACKAGE_ROOT, "src/core/opentofu-release.json"), releaseOf(version, sums));
}

if (require.main === module) void main(process.argv[2], process.argv[3]);
