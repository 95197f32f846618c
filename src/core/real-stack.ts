import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { PACKAGE_ROOT } from "./package-root";

const FRAME = /(\(|at )(\/[^():]+\.js):(\d+):(\d+)/g;

/** A stack trace that names the sources instead of the bundled files, as far as their source maps tell. */
export function realStack(stack: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  return stack.replace(FRAME, (frame: string, lead: string, file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, mapOf(file));
    const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !("originalSource" in entry)) return frame;
    const source = relative(PACKAGE_ROOT, resolve(dirname(file), entry.originalSource));
    return `${lead}${source}:${String(entry.originalLine + 1)}:${String(entry.originalColumn + 1)}`;
  });
}

/** Undefined where there is none, or one that cannot be read: the stack then names the bundled file. */
function mapOf(file: string): SourceMap | undefined {
  try {
    const path = `${file}.map`;
    return existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, "utf8")) as SourceMapPayload) : undefined;
  } catch {
    return undefined;
  }
}
