/**
 * Makes docs/api from the docstrings: the reference (typedoc) and, per entry of the package, a report of its whole
 * surface (api-extractor), in which a review sees what changes for users. `--check` compares instead of writing. Either
 * way every exported name has to be documented, and every class needs an example. Reads `dist`: compile first.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, trackedFiles } from "../ci/tracked";
import { differences, writePages } from "../docs/pages";
import { apiReference } from "./reference";
import { apiReport, undocumented } from "./report";

const ENTRIES = { library: "dist/src/index.d.ts", testing: "dist/src/testing/index.d.ts" };

async function main(check: boolean): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), "anycast-api-"));
  try {
    const { pages: reference, withoutExample } = await apiReference(scratch);
    const reports = Object.entries(ENTRIES).map(([name, path]) => [name, apiReport(name, path, scratch)] as const);
    const pages = new Map([
      ...[...reference].map(([path, text]): [string, string] => [`docs/api/${path}`, text]),
      ...reports.map(([name, text]): [string, string] => [`docs/api/${name}.api.md`, text]),
    ]);
    const stale = trackedFiles().filter((path) => path.startsWith("docs/api/") && !pages.has(path));
    const problems = [
      ...reports.flatMap(([, text]) => undocumented(text).map((name) => `${name} has no docstring. Fix: write one.`)),
      ...withoutExample.map((name) => `The class ${name} has no @example. Fix: write one.`),
    ];
    if (check) {
      for (const path of [...differences(ROOT, pages), ...stale]) {
        problems.push(
          `Expected ${path} to be what the sources say, but it differs. Fix: npm run build, node --conditions=anycast-source --import tsx tools/docs-api/main.ts, and commit; a change of an .api.md is a change of the interface.`,
        );
      }
    } else {
      writePages(ROOT, pages);
      for (const path of stale) rmSync(join(ROOT, path));
    }
    for (const problem of problems) console.error(problem);
    console.error(`docs/api: ${problems.length === 0 ? "as it should be" : `${problems.length} problems`}`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main(parseArgs({ options: { check: { type: "boolean", default: false } } }).values.check).then(
  (code) => (process.exitCode = code),
);
