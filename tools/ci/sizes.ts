/** Holds files to a length that is read in one go: sources to 300 lines, the README to 200. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, ROOT, trackedFiles } from "./tracked";

const LIMITS: readonly { readonly files: RegExp; readonly lines: number }[] = [
  { files: /^README\.md$/, lines: 200 },
  { files: /\.(ts|js|cjs|mjs|rego|sh|ya?ml|html|css)$|^bin\/|^\.ci\/|^docs\/[^/]+\.md$/, lines: 300 },
];
/** Generated, at least in part: as long as what they list. */
const GENERATED = /^docs\/(messages|cli|sandbox)\.md$|^docs\/api\/|^action\/dist\//;

const problems = trackedFiles().flatMap((path) => {
  const limit = GENERATED.test(path) ? undefined : LIMITS.find(({ files }) => files.test(path));
  if (limit === undefined) return [];
  const lines = readFileSync(join(ROOT, path), "utf8").split("\n").length - 1;
  if (lines <= limit.lines) return [];
  return [`Expected ${path} to have at most ${String(limit.lines)} lines, got \`${String(lines)}\`. Fix: split it.`];
});
conclude("sizes", problems);
