import type { Place } from "./ast";

/** Longest text that `quote` gives, in characters. */
const LONGEST = 80;

/** The line that a place begins on, counted from 1. */
export function lineOf({ source, start }: Place): number {
  if (source.line !== undefined) return source.line;
  let line = 1;
  for (let at = source.text.indexOf("\n"); at !== -1 && at < start; at = source.text.indexOf("\n", at + 1)) line++;
  return line;
}

/** What is written at a place, in one line of at most 80 characters. */
export function quote({ source, start, end }: Place): string {
  // Enough text to fill the line, even with much white space in it; searching a whole file would be slow.
  const text = source.text.slice(start, Math.min(end, start + 20 * LONGEST));
  const line = [...text.replace(/\s+/g, " ").trim()];
  const cut = line.length > LONGEST || end > start + text.length;
  return cut ? `${line.slice(0, LONGEST - 1).join("")}…` : line.join("");
}
