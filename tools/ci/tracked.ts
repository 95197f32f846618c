import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** Files under version control that are there, relative to the project, with `/`. */
export function trackedFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return listed.split("\0").filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

/** Prints what is wrong and sets the exit code: 0 when nothing is, else 1. */
export function conclude(what: string, problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  console.error(`${what}: ${problems.length === 0 ? "as it should be" : `${String(problems.length)} wrong`}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
