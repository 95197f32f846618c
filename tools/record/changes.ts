import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { writeFileAtomic } from "../../src/core/atomic-file";
import type { Files } from "./recording";

const ROOT = join(__dirname, "../..");
/** Of a line that differs so much is shown. */
const SHOWN = 240;

export interface KeepOptions {
  /** Whether the files are written. */
  readonly write: boolean;
  readonly tell: (line: string) => void;
}

/**
 * Shows which lines of a recording are not as they were, and keeps it.
 * @returns how many lines differ
 */
export function keep(files: Files, { write, tell }: KeepOptions): number {
  let differ = 0;
  for (const [name, content] of Object.entries(files)) {
    const path = join(ROOT, name);
    const before = existsSync(path) ? textOf(readFileSync(path)) : "";
    if (content === undefined) {
      tell(`${name} is of another version, and goes.`);
      if (write) rmSync(path, { force: true });
      continue;
    }
    const after = textOf(Buffer.from(content));
    if (before === after) continue;
    const changes = changedLines(before, after);
    tell(`${name}:`);
    for (const line of changes) tell(line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line);
    // The same lines in another order are a change too.
    differ += Math.max(changes.length, 1);
    if (write) writeFileAtomic(path, content, 0o644);
  }
  return differ;
}

/** Compared unpacked: another zlib may pack the same text differently. */
const textOf = (content: Buffer): string =>
  (content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content).toString("utf8");

/** What went and what came, marked as in a patch; of JSON with the path of each value. */
export function changedLines(before: string, after: string): string[] {
  const [old, next] = [before, after].map((text) => (text === "" ? [] : linesOf("", JSON.parse(text))));
  return [...without(old!, next!).map((line) => `- ${line}`), ...without(next!, old!).map((line) => `+ ${line}`)];
}

/** The elements of a list have no number: one that is new would change those of all behind it. */
function linesOf(path: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((one) => `${path}[] = ${JSON.stringify(one)}`);
  if (typeof value !== "object" || value === null) return [`${path} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, one]) => linesOf(path === "" ? key : `${path}.${key}`, one));
}

/** Lines that occur more often here than there. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
