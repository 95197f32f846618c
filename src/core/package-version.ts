import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "./package-root";

interface Manifest {
  readonly version?: string;
  readonly config: { readonly workflows: string };
}

const manifest = (): Manifest => JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as Manifest;

/** The version in package.json, the only place it is written. */
export function versionOfPackage(): string {
  return manifest().version ?? "0.0.0";
}

/** Where the reusable workflows of this version are, `OWNER/NAME@SHA`. A release replaces that placeholder with the real one. */
export function workflowsOfPackage(): string {
  return manifest().config.workflows;
}
