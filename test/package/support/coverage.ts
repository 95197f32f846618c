import type { PackageManager } from "./install";

/** Ways to run a TypeScript program: the arguments of node. */
export const RUNS = {
  "CommonJS under tsx": ["--import", "tsx", "cjs/app.ts"],
  "ES modules under tsx": ["--import", "tsx", "esm/app.ts"],
  "CommonJS under ts-node": ["-r", "ts-node/register", "cjs/app.ts"],
  "ES modules under ts-node": ["--no-warnings", "--loader", "ts-node/esm", "esm/app.ts"],
} as const;

const testsIn = (file: string): string[] => ["node_modules/jest/bin/jest.js", "--rootDir=.", `--testRegex=${file}`];
export const JESTS = {
  CommonJS: testsIn("jest-cjs\\.test\\.js"),
  "ES modules": ["--experimental-vm-modules", ...testsIn("jest-esm\\.test\\.mjs")],
} as const;

/** Module system and resolution, as `consumer/compile.cjs` names them. */
type Cell = `${"cjs" | "esm"}-${"node10" | "node16" | "bundler"}`;

/** What is shown of the library that one package manager has installed. */
interface Coverage {
  readonly cells: readonly Cell[];
  readonly runs: readonly (keyof typeof RUNS)[];
  readonly jests: readonly (keyof typeof JESTS)[];
}

const EVERYTHING: Coverage = {
  cells: ["cjs-node10", "cjs-node16", "cjs-bundler", "esm-node10", "esm-node16", "esm-bundler"],
  runs: Object.keys(RUNS) as (keyof typeof RUNS)[],
  jests: ["CommonJS", "ES modules"],
};

/** Each package manager, and each way to compile and to run, at least once: enough before a commit. */
const EACH_ONCE: Readonly<Record<PackageManager, Coverage>> = {
  npm: { cells: ["cjs-node10", "esm-node16"], runs: ["ES modules under tsx"], jests: ["CommonJS"] },
  // It links packages: a declaration that names a file of another package would show here.
  pnpm: { cells: ["cjs-node16", "esm-bundler"], runs: ["CommonJS under tsx"], jests: ["ES modules"] },
  yarn1: { cells: ["cjs-bundler"], runs: ["CommonJS under ts-node"], jests: ["CommonJS"] },
  yarn4: { cells: ["esm-node10"], runs: ["ES modules under ts-node"], jests: ["ES modules"] },
};

export const MANAGERS = Object.keys(EACH_ONCE) as PackageManager[];

/** CI sets ANYCAST_TEST_MATRIX=full, and takes the time for every combination. */
export function coverageOf(manager: PackageManager): Coverage {
  return process.env.ANYCAST_TEST_MATRIX === "full" ? EVERYTHING : EACH_ONCE[manager];
}
