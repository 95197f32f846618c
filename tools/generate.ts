/**
 * Makes everything again that is generated and committed, and says which files changed: `npm run generate`.
 * `npm run pr` does it first, so that no guard of `.ci/run` fails because a generated file is out of date.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./ci/tracked";
import { findOpa } from "./policies/opa";
import { hashSources } from "./policies/sources";

/** What makes generated files, in the order in which one reads what another has made. */
export const GENERATORS = [
  "tools/policies/build.ts",
  "tools/sandbox-data.ts",
  "tools/list-attributes.ts",
  "tools/docs/main.ts",
  "tools/docs-schemas/main.ts",
  "tools/docs-api/main.ts",
  "tools/action/build.ts",
] as const;

/** Whether the committed wasm was compiled from these policies. */
function isCompiled(policies: string): boolean {
  const { sources } = JSON.parse(readFileSync(join(policies, "wasm/manifest.json"), "utf8")) as { sources: object };
  return JSON.stringify(sources) === JSON.stringify(hashSources(policies));
}

/** OPA is needed only by those who change a policy. */
function withoutOpa(): boolean {
  try {
    findOpa();
    return false;
  } catch (thrown) {
    if (isCompiled(join(ROOT, "policies"))) return true;
    throw thrown;
  }
}

/** Files that differ from what is committed, by content. */
function changed(): Map<string, string> {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" });
  const paths = git("ls-files", "-z", "--modified", "--others", "--exclude-standard").split("\0").filter(Boolean);
  return new Map(
    [...new Set(paths)].map((path) => [
      path,
      existsSync(join(ROOT, path)) ? git("hash-object", "--", path).trim() : "removed",
    ]),
  );
}

function main(): number {
  const before = changed();
  const run = (program: string, args: readonly string[]): boolean =>
    spawnSync(program, args, { cwd: ROOT, stdio: "inherit" }).status === 0;
  // The reference is made of what is compiled.
  if (!run(process.execPath, ["tools/bootstrap.cjs", "build"])) return 1;
  for (const generator of GENERATORS) {
    if (generator === "tools/policies/build.ts" && withoutOpa()) continue;
    if (run(process.execPath, ["--conditions=anycast-source", "--import", "tsx", generator])) continue;
    console.error(`${generator} failed. Fix: correct what it says above, and run npm run generate again.`);
    return 1;
  }
  const made = [...changed()].filter(([path, hash]) => before.get(path) !== hash).map(([path]) => path);
  for (const path of made) console.error(`changed: ${path}`);
  console.error(`generated files: ${made.length === 0 ? "up to date" : "commit the changed ones"}`);
  return 0;
}

if (require.main === module) process.exitCode = main();
