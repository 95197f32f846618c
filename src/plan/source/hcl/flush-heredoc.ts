import type { Cursor } from "./cursor";
import type { Part } from "./template-parts";
import { trimStart } from "./white-space";

/** What makes one character with the space before it; then it is not sure how much Terraform takes away. */
const COMBINES = /^[\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200c\u200d]/u;

/**
 * The pieces of a heredoc by `<<-`: of each line as much leading space is taken away as the line with least of it has.
 * Lines of nothing but space don't count, and stay as they are.
 * @throws HclError where lines begin with other white space than spaces and tabs
 */
export function flushed(cursor: Cursor, parts: readonly Part[]): Part[] {
  const indents = parts.map((part, at) => (beginsLine(parts, at) ? indentOf(cursor, part) : undefined));
  // Not by Math.min(...): a heredoc may have more lines than a call may have arguments.
  const least = indents.reduce<number>((least, indent) => Math.min(least, indent ?? Infinity), Infinity);
  return parts.map((part, at) =>
    part.kind === "text" && indents[at] !== undefined ? { ...part, value: part.value.slice(least) } : part,
  );
}

function beginsLine(parts: readonly Part[], at: number): boolean {
  const before = parts[at - 1];
  return before === undefined || (before.kind === "text" && before.value.endsWith("\n"));
}

/** Number of characters; undefined for a line of space alone. */
function indentOf(cursor: Cursor, part: Part): number | undefined {
  if (part.kind !== "text") return 0;
  const rest = trimStart(part.value);
  if (rest === "" && part.value.endsWith("\n")) return undefined;
  const indent = part.value.slice(0, part.value.length - rest.length);
  if (/[^ \t]/.test(indent) || COMBINES.test(rest)) {
    cursor.fail("a heredoc that is indented by other characters than spaces and tabs", part.at.start);
  }
  return indent.length;
}
