import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "./errors";
import { PACKAGE_ROOT } from "./package-root";

/** Packages that only some users need. They are optional peers, so other users do not install them. */
const OPTIONAL: readonly { readonly what: string; readonly packages: readonly string[] }[] = [
  { what: "The sandbox", packages: ["alicloud-sandbox"] },
  {
    what: "Asking the cloud (--live)",
    packages: ["@alicloud/credentials", "@alicloud/openapi-client", "@alicloud/tea-util"],
  },
  { what: "Synthesising a CDKTF app", packages: ["cdktf", "constructs"] },
];

/**
 * What was thrown, or, where an optional package of this library is missing, an error that says how to add it.
 * @returns AnycastError `PackageMissing`, or what was given
 */
export function explainMissingPackage(thrown: unknown): unknown {
  if ((thrown as { code?: unknown } | null)?.code !== "MODULE_NOT_FOUND") return thrown;
  const name = /^Cannot find module '([^']+)'/.exec((thrown as Error).message)?.[1];
  const group = OPTIONAL.find(({ packages }) => name !== undefined && packages.includes(name));
  if (group === undefined) return thrown;
  return new AnycastError(
    "PackageMissing",
    `${group.what} needs the package ${name}, which is not installed. Fix: npm install --save-dev ${withVersions(group.packages)}`,
    { cause: thrown },
  );
}

function withVersions(packages: readonly string[]): string {
  const { peerDependencies } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
    peerDependencies: Record<string, string>;
  };
  return packages.map((name) => `"${name}@${peerDependencies[name]}"`).join(" ");
}
