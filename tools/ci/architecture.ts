/** Compares docs/architecture.md with the tree and with the imports that ESLint allows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, ROOT, trackedFiles } from "./tracked";

interface Zone {
  readonly target: string;
  readonly from: string | readonly string[];
}

/** The directories of `src` in the layout's table, with what each may import. */
export function layoutOf(page: string): Map<string, readonly string[]> {
  const rows = [...page.matchAll(/^\| `src\/([a-z]+)`[^|]*\|[^|]*\|([^|]*)\|$/gm)];
  return new Map(
    rows.map(([, name = "", imports = ""]) => [
      name,
      imports
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "")
        .sort(),
    ]),
  );
}

/** What the zones of ESLint's rule leave to each directory of `src`. */
export function allowedBy(zones: readonly Zone[], directories: readonly string[]): Map<string, readonly string[]> {
  const refused = new Set(zones.flatMap(({ target, from }) => [from].flat().map((one) => `${target} ${one}`)));
  return new Map(
    directories.map((name) => [
      name,
      directories.filter((other) => other !== name && !refused.has(`./src/${name} ./src/${other}`)).sort(),
    ]),
  );
}

/** Differences between two tables of imports. */
export function importProblems(
  layout: ReadonlyMap<string, readonly string[]>,
  allowed: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...new Set([...layout.keys(), ...allowed.keys()])].flatMap((name) => {
    const [said, held] = [layout, allowed].map((table) => table.get(name)?.join(", "));
    if (said === held) return [];
    return [
      `docs/architecture.md says that src/${name} may import \`${said ?? "(no row)"}\`, eslint.config.mjs allows \`${held ?? "(no such directory)"}\`. Fix: make them the same.`,
    ];
  });
}

/** Paths in backticks that are not in the tree. Words in capitals match any name. */
export function pathProblems(page: string, tracked: readonly string[]): string[] {
  const paths = [...page.matchAll(/`((?:src|stacks|policies|packages|examples|tools|test|bench|docs)\/[^`\s]*)`/g)];
  const isThere = (path: string): boolean =>
    tracked.some((one) => one === path || one.startsWith(`${path.replace(/\/$/, "")}/`));
  return paths
    .map(([, path = ""]) => path)
    .filter((path) => !/[A-Z]{2}/.test(path) && !isThere(path))
    .map((path) => `docs/architecture.md names \`${path}\`, which is not there. Fix: correct the page.`);
}

async function main(): Promise<void> {
  const tracked = trackedFiles();
  const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const { default: config } = (await import(join(ROOT, "eslint.config.mjs"))) as {
    default: { rules?: Record<string, [string, { zones: Zone[] }]> }[];
  };
  const zones = config.flatMap(({ rules }) => rules?.["import-x/no-restricted-paths"]?.[1].zones ?? []);
  const directories = [...new Set(tracked.flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []))];
  conclude("architecture", [
    ...(zones.length === 0 ? ["eslint.config.mjs has no zones. Fix: restore import-x/no-restricted-paths."] : []),
    ...importProblems(layoutOf(page), allowedBy(zones, directories)),
    ...pathProblems(page, tracked),
  ]);
}

if (require.main === module) void main();
