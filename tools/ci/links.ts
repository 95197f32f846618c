/** Follows every relative link and every anchor in the project's Markdown. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { anchorsOf, linksOf } from "./markdown";
import { conclude, ROOT, trackedFiles } from "./tracked";

const tracked = new Set(trackedFiles());
const folders = new Set([...tracked].flatMap(parents));

function parents(path: string): string[] {
  const up = dirname(path);
  return up === "." ? ["."] : [up, ...parents(up)];
}

function problemOf(file: string, target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const to = path === "" ? file : normalize(join(dirname(file), decodeURIComponent(path))).replace(/\/$/, "");
  if (!tracked.has(to) && !folders.has(to))
    return existsSync(join(ROOT, to)) ? "is not under version control" : "is not there";
  if (anchor === undefined || anchor === "") return undefined;
  if (statSync(join(ROOT, to)).isDirectory() || !to.endsWith(".md")) return "is not a page with anchors";
  return anchorsOf(readFileSync(join(ROOT, to), "utf8")).has(anchor) ? undefined : "has no such heading";
}

const problems = [...tracked]
  .filter((path) => path.endsWith(".md"))
  .flatMap((file) =>
    linksOf(readFileSync(join(ROOT, file), "utf8")).flatMap(({ target, line }) => {
      const problem = problemOf(file, target);
      return problem === undefined
        ? []
        : [
            `Expected the link \`${target}\` to lead somewhere, but it ${problem} (at ${file}:${String(line)}). Fix: correct it.`,
          ];
    }),
  );
conclude("links", problems);
