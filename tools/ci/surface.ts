/** Checks which files are at the root of the project, because a newcomer reads those first. */
import { conclude, trackedFiles } from "./tracked";

/** Directories and files that may be at the root. A new one must be added here. */
const ROOT_ENTRIES = new Set([
  ...[".ci", ".github", ".regal", "action", "bench", "bin", "docs", "examples", "packages", "policies"],
  ...["src", "stacks", "test", "tools"],
  ...[".editorconfig", ".gitattributes", ".gitignore", ".nvmrc", ".prettierignore", ".prettierrc.json"],
  ...["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"],
  ...["cdktf.json", "eslint.config.mjs", "jest.config.js", "knip.json", "main.ts", "package-lock.json", "package.json"],
  ...["settings.yaml", "tsconfig.json", "tsconfig.test.json"],
]);

/** Entries of the root that the list does not name, and entries of the list that are no longer there. */
export function surfaceProblems(tracked: readonly string[], allowed: ReadonlySet<string> = ROOT_ENTRIES): string[] {
  const found = new Set(tracked.map((path) => path.split("/")[0] ?? ""));
  return [
    ...[...found]
      .filter((name) => !allowed.has(name))
      .map(
        (name) =>
          `${name} does not belong at the root. Fix: remove or move it, or add it to tools/ci/surface.ts if it does.`,
      ),
    ...[...allowed]
      .filter((name) => !found.has(name))
      .map((name) => `${name} is missing at the root. Fix: restore it, or remove it from tools/ci/surface.ts.`),
  ];
}

if (require.main === module) conclude("surface", surfaceProblems(trackedFiles()));
