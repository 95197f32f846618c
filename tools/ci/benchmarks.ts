/**
 * Compares the tables of docs/benchmarks.md with the results that the benchmarks left in bench/results. What is measured of
 * `anycast verify` is shown in docs/verify.md.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, ROOT, trackedFiles } from "./tracked";

/** Rows of a table without their padding and the line under the head. */
export function rowsOf(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => /^\|.*\|\s*$/.test(line) && !/^[|:\s-]+$/.test(line))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim())
        .join(" | "),
    );
}

/** Rows of the results that the page does not show, and rows of the page that no result has. */
export function benchmarkProblems(page: string, results: readonly string[], otherPage = ""): string[] {
  const shown = rowsOf(page);
  const elsewhere = rowsOf(otherPage);
  const measured = results.flatMap(rowsOf);
  return [
    ...measured
      .filter((row) => !shown.includes(row) && !elsewhere.includes(row))
      .map((row) => `docs/benchmarks.md does not show the result \`${row}\`. Fix: copy it from bench/results.`),
    ...shown
      .filter((row) => !measured.includes(row))
      .map((row) => `docs/benchmarks.md shows \`${row}\`, which no result has. Fix: measure again, or remove it.`),
  ];
}

if (require.main === module) {
  const results = trackedFiles().filter((path) => /^bench\/results\/.*\.md$/.test(path));
  const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
  conclude(
    "benchmarks",
    results.length === 0
      ? ["bench/results has no tables. Fix: restore them."]
      : benchmarkProblems(read("docs/benchmarks.md"), results.map(read), read("docs/verify.md")),
  );
}
