import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustWork, npm } from "../consumer-project";

/** Programs that only these tests need, at exact versions: the package managers, and two that look at what is published. */
const VERSIONS = {
  pnpm: "10.34.8",
  yarn: "1.22.22",
  "@yarnpkg/cli-dist": "4.18.1",
  "@arethetypeswrong/cli": "0.18.5",
  publint: "0.3.25",
} as const;

const PROGRAMS = {
  pnpm: "pnpm/bin/pnpm.cjs",
  yarn1: "yarn/bin/yarn.js",
  yarn4: "@yarnpkg/cli-dist/bin/yarn.js",
  attw: "@arethetypeswrong/cli/dist/index.js",
  publint: "publint/src/cli.js",
} as const;

/** Installs them. @returns the path of each program, to be run by node */
export async function installTools(directory: string): Promise<Record<keyof typeof PROGRAMS, string>> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies: VERSIONS }));
  mustWork("npm install", await npm(["install", "--prefer-offline"], directory));
  const found = Object.entries(PROGRAMS).map(([name, path]) => [name, join(directory, "node_modules", path)] as const);
  const missing = found.filter(([, path]) => !existsSync(path));
  if (missing.length > 0) throw new Error(`Expected ${missing.join(", ")} to be there.`);
  return Object.fromEntries(found) as Record<keyof typeof PROGRAMS, string>;
}
