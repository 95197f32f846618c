/** Holds workflows and actions to what keeps a build trustworthy: pinned actions, named permissions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { conclude, ROOT, trackedFiles } from "./tracked";

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, { readonly "timeout-minutes"?: unknown; readonly uses?: unknown }>>;
}

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}\s+# v\d+(\.\d+)*$/;

function problemsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  const at = (line: number): string => `(at ${path}:${String(line)})`;
  const unpinned = text.split("\n").flatMap((line, i) => {
    const uses = /^\s*(?:- )?uses:\s*(.+?)\s*$/.exec(line)?.[1];
    if (uses === undefined || uses.startsWith("$/") || PINNED.test(uses)) return [];
    return [
      `Expected the action to be pinned as OWNER/NAME@SHA # vVERSION, got \`${uses}\` ${at(i + 1)}. Fix: pin it.`,
    ];
  });
  const parsed = parse(text) as Workflow;
  if (!path.startsWith(".github/workflows/")) return unpinned;
  const missing =
    parsed.permissions === undefined ? [`Expected permissions at the top ${at(1)}. Fix: name the least.`] : [];
  const endless = Object.entries(parsed.jobs ?? {})
    .filter(([, job]) => job.uses === undefined && job["timeout-minutes"] === undefined)
    .map(([name]) => `Expected the job ${name} to have timeout-minutes ${at(1)}. Fix: give it some.`);
  return [...unpinned, ...missing, ...endless];
}

const files = trackedFiles().filter((path) =>
  /^\.github\/(workflows|actions)\/.*\.ya?ml$|^action\/action\.ya?ml$/.test(path),
);
conclude("workflows", files.length === 0 ? ["Expected workflows, found none."] : files.flatMap(problemsOf));
