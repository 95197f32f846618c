import { sha256 } from "../../core/digest";
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { cliConfigs, impliedMirrors } from "../../terraform";
import { NONE } from "./digests";

/** HOSTNAME/NAMESPACE/TYPE/VERSION/PLATFORM, the deepest of the layouts of a mirror. */
const DEEPEST = 5;

/**
 * Digest of everything that decides where providers come from: settings with mirrors, and directories that are mirrors
 * without a setting. `none` where they come from their registries.
 */
export function providerSourcesDigest(env: NodeJS.ProcessEnv): string {
  const settings = cliConfigs(env).filter(({ text }) => /\bprovider_installation\b/.test(text));
  const mirrors = impliedMirrors(env).map((directory) => packagesIn(directory));
  if (settings.length === 0 && mirrors.length === 0) return NONE;
  return sha256(JSON.stringify([settings.map(({ text }) => text), mirrors]));
}

function packagesIn(directory: string, below = directory, depth = 1): string[] {
  return readdirSync(below, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      const name = relative(directory, path).split(sep).join("/");
      return entry.isDirectory() && depth < DEEPEST ? packagesIn(directory, path, depth + 1) : [name];
    });
}
