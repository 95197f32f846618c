/**
 * Holds tracked files free of registry hosts: which registry packages come from is a setting of the machine they are
 * installed on, and a lockfile that names one works nowhere else.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, ROOT, trackedFiles } from "./tracked";

/** In parts, so that this file names none either. */
const HOSTS = [
  ["registry", "npmjs", "org"],
  ["registry", "yarnpkg", "com"],
  ["registry", "npmmirror", "com"],
  ["npm", "pkg", "github", "com"],
  ["proxy", "golang", "org"],
  ["deb", "debian", "org"],
  ["files", "pythonhosted", "org"],
].map((parts) => parts.join("."));
/** As part of a provider's address these are names, not places; as a URL they are places. */
const URLS = ["terraform.io", "opentofu.org"].map((domain) => `https://registry.${domain}`);
const BINARY = /\.(gz|wasm|png|zip|tfplan)$/;

const problems = trackedFiles().flatMap((path) => {
  if (BINARY.test(path)) return [];
  return readFileSync(join(ROOT, path), "utf8")
    .split("\n")
    .flatMap((line, i) => [...HOSTS, ...URLS].filter((host) => line.includes(host)).map((host) => ({ host, i })))
    .map(
      ({ host, i }) =>
        `Expected ${path} to name no registry, got \`${host}\` (at line ${String(i + 1)}). Fix: leave it out.`,
    );
});
conclude("hosts", problems);
