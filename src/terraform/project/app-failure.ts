import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePlace } from "../../core/errors";

/** What an app said when it ended badly. */
export interface AppFailure {
  /** Its own sentence; empty when it said nothing. */
  readonly sentence: string;
  /** Where in the project it was thrown; undefined where that cannot be determined. */
  readonly source: SourcePlace | undefined;
}

/** `Error: …`, `TypeError [CODE]: …`, `TSError: ⨯ …`, as Node and its compilers write it. */
const THROWN = /^(?:Uncaught )?[\w$.]*(?:Error|Exception)(?: \[[\w-]+\])?(?::\s|:?$)/;
const FRAME = /^\s+at (?:.*\()?(.+?):(\d+):\d+\)?$/;
/** The place that Node shows first: `/project/main.ts:10`. */
const HEADER = /^((?:\/|file:|[A-Za-z]:\\).+):(\d+)$/;
/** A compiler's place: `main.ts:10:5 - error`, `main.ts(10,5): error`. */
const COMPILED = /([\w@./\\-]+\.[cm]?tsx?)[:(](\d+)[:,]\d+\)?(?::| -) /;
/** What says nothing of the app. */
const NOISE = /^(Node\.js v|\(Use `node |\s*\^+\s*$|\s*$|npm (ERR|error)|Thrown at:)/;

/**
 * Reads out of what an app printed which error it threw, and where.
 * @param root the project's directory; places outside of it, and in node_modules, are passed over
 */
export function appFailure(stderr: string, root: string): AppFailure {
  const lines = stderr.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").split(/\r?\n/);
  const at = lines.findIndex((line) => THROWN.test(line));
  const end = lines.findIndex((line, i) => i > at && (FRAME.test(line) || line.trim() === "" || NOISE.test(line)));
  const said = at < 0 ? thrownValue(lines) : lines.slice(at, end < 0 ? undefined : end);
  const places = [
    ...said.flatMap((line) => placeIn(COMPILED.exec(line), root)),
    ...lines.slice(Math.max(at, 0)).flatMap((line) => placeIn(FRAME.exec(line), root)),
    ...lines.flatMap((line) => placeIn(HEADER.exec(line), root)),
  ];
  return {
    sentence: said
      .map((line) => line.trim())
      .join(" ")
      .trim(),
    source: places[0],
  };
}

/** What was thrown and is no error stands below the line that Node marks; else the last words count. */
function thrownValue(lines: readonly string[]): string[] {
  const mark = lines.findIndex((line) => /^\s*\^+\s*$/.test(line));
  const value = mark < 0 ? undefined : lines.slice(mark + 1).find((line) => !NOISE.test(line));
  const last = lines.filter((line) => !NOISE.test(line) && !FRAME.test(line)).at(-1);
  return [value ?? last ?? ""];
}

function placeIn(match: RegExpExecArray | null, root: string): SourcePlace[] {
  const [, named, line] = match ?? [];
  if (named === undefined || named.startsWith("node:")) return [];
  const path = resolve(root, named.startsWith("file:") ? pathOf(named) : named);
  const file = relative(root, path);
  const isOurs = file !== "" && !file.startsWith("..") && !isAbsolute(file) && !file.includes("node_modules");
  return isOurs ? [{ file: file.split(sep).join("/"), line: Number(line) }] : [];
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
