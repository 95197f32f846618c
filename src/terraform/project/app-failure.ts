import { readFileSync } from "node:fs";
import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePlace } from "../../core/errors";

/** The error that an app printed when it failed. */
export interface AppFailure {
  /** Its own sentence; empty when it printed none. */
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
const ANY_FRAME = /^\s+at \S/;
/** The line with which Node marks the place of an uncaught error. */
const MARK = /^\s*\^+\s*$/;
/** A missing module: its name, and in the same or the next lines the file that imports it. */
const MISSING = /Cannot find (?:module|package) '([^']+)'/;
const ASKED_BY = /(?: imported from |^- )(\/\S.*|[A-Za-z]:\\.*|file:.*)$/;
/** A promise that was rejected with something that is no error. */
const REJECTED = /The promise rejected with the reason "([^]*)"\.(?:$| )/;
/** Most lines of a message that are quoted, up to its first frame. */
const MOST_LINES = 12;
/** Lines that say nothing about the app. */
const NOISE = /^(Node\.js v|\(Use `node |\s*\^+\s*$|\s*$|npm (ERR|error)|Thrown at:)/;

/**
 * Finds in an app's output which error it threw, and where.
 * @param root the project's directory; places outside of it, and in node_modules, are passed over
 */
export function appFailure(stderr: string, root: string): AppFailure {
  const lines = stderr.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").split(/\r?\n/);
  const from = uncaughtAt(lines);
  const at = lines.findIndex((line, i) => i >= from && THROWN.test(line));
  const said = at < 0 ? thrownValue(lines, from) : messageAt(lines, at);
  const places = [
    ...said.flatMap((line) => placeIn(COMPILED.exec(line), root)),
    ...lines.slice(Math.max(at, 0)).flatMap((line) => placeIn(FRAME.exec(line), root)),
    ...lines.slice(from).flatMap((line) => placeIn(HEADER.exec(line), root)),
    ...importIn(said, root),
  ];
  const sentence = said
    .map((line) => line.trim())
    .join(" ")
    .trim();
  const reason = REJECTED.exec(sentence)?.[1];
  return {
    sentence: reason === undefined ? sentence : `A promise was rejected with \`${reason}\``,
    source: places[0],
  };
}

/** Where Node begins to print an uncaught error: what the app printed before may look like an error too. */
function uncaughtAt(lines: readonly string[]): number {
  const at = lines.findLastIndex(
    (line, i) => HEADER.test(line) && lines.slice(i + 1, i + 4).some((below) => MARK.test(below)),
  );
  return Math.max(at, 0);
}

/** An error's message, which may have empty lines in it where frames come after it. */
function messageAt(lines: readonly string[], at: number): string[] {
  const frame = lines.findIndex((line, i) => i > at && ANY_FRAME.test(line));
  if (frame > 0 && frame - at <= MOST_LINES) {
    return lines.slice(at, frame).filter((line) => line.trim() !== "" && !NOISE.test(line));
  }
  const end = lines.findIndex((line, i) => i > at && (ANY_FRAME.test(line) || NOISE.test(line)));
  return lines.slice(at, end < 0 ? undefined : end);
}

/** The line that imports a missing module; a loader shows no frame of it. */
function importIn(said: readonly string[], root: string): SourcePlace[] {
  const name = said.flatMap((line) => MISSING.exec(line)?.[1] ?? []).at(0);
  const file = said.flatMap((line) => ASKED_BY.exec(line.trim())?.[1] ?? []).at(0);
  if (name === undefined || file === undefined) return [];
  const [place] = placeIn([file, file, "1"], root);
  if (place === undefined) return [];
  try {
    const lines = readFileSync(resolve(root, place.file), "utf8").split("\n");
    const at = lines.findIndex((line) => [name, basename(name)].some((one) => line.includes(one)));
    return [{ ...place, line: Math.max(at, 0) + 1 }];
  } catch {
    return [place];
  }
}

/** A thrown value that is no error comes below the line that Node marks; otherwise the last lines count. */
function thrownValue(lines: readonly string[], from: number): string[] {
  const mark = lines.findIndex((line, i) => i >= from && MARK.test(line));
  const value = mark < 0 ? undefined : lines.slice(mark + 1).find((line) => !NOISE.test(line));
  const last = lines.filter((line) => !NOISE.test(line) && !FRAME.test(line)).at(-1);
  return [value ?? last ?? ""];
}

function placeIn(match: readonly string[] | null, root: string): SourcePlace[] {
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
