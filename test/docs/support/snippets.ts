import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..", "..");

/** A piece of code in a page that people read. */
export interface Snippet {
  /** `file:line` of its first line. */
  readonly at: string;
  readonly text: string;
}

/** Every snippet of these languages; what is generated from the docstrings is among them. */
export function snippetsIn(...languages: readonly string[]): Snippet[] {
  const pages = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" });
  return pages
    .trim()
    .split("\n")
    .filter((page) => !page.endsWith(".api.md"))
    .flatMap((page) => {
      const text = readFileSync(join(ROOT, page), "utf8");
      // What belongs to an entry of a list is indented.
      return [...text.matchAll(/^( *)```(\w+)\n(.*?)^\1```$/gms)]
        .filter(([, , language = ""]) => languages.includes(language))
        .map(({ index, 1: indent = "", 3: code = "" }) => ({
          at: `${page}:${text.slice(0, index).split("\n").length + 1}`,
          text: code.replace(new RegExp(`^${indent}`, "gm"), ""),
        }));
    });
}
