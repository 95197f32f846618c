/** Characters that take two columns in a terminal, and those that take none because they combine with the one before. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}]/u;
const ASCII_ONLY = /^[\x20-\x7e]*$/;

/** Columns a text takes in a terminal. */
export function columnsOf(text: string): number {
  if (ASCII_ONLY.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/**
 * Breaks a text at spaces into lines of at most `width` columns. A longer word gets a line of its own and is not cut: a
 * part of an address is of no use. Runs of spaces inside a line stay as they are, because a value may hold them.
 * @param indent spaces before the first line
 * @param hanging spaces before the others. @default as the first
 */
export function wrap(text: string, width: number, indent = 0, hanging = indent): string[] {
  const widths = [Math.max(1, width - indent), Math.max(1, width - hanging)] as const;
  // Most texts are ASCII, and a report of many bindings has many of them.
  const lines = ASCII_ONLY.test(text) ? wrapAscii(text, widths) : wrapWords(text, widths);
  return lines.map((line, i) => " ".repeat(i === 0 ? indent : hanging) + line);
}

/** Columns for the first line and for every other. */
type Widths = readonly [number, number];

function wrapAscii(text: string, [first, others]: Widths): string[] {
  const lines: string[] = [];
  let rest = text.replace(/^ +| +$/g, "");
  for (let width = first; rest.length > width; width = others) {
    const before = rest.lastIndexOf(" ", width);
    const end = before > 0 ? before : rest.indexOf(" ", width);
    if (end < 0) break;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? lines : [...lines, rest];
}

function wrapWords(text: string, [first, others]: Widths): string[] {
  const lines: string[] = [];
  let line = "";
  let columns = 0;
  for (const [, spaces = "", word = ""] of text.matchAll(/( *)([^ ]+)/g)) {
    const size = columnsOf(word);
    if (line !== "" && columns + spaces.length + size > (lines.length === 0 ? first : others)) {
      lines.push(line);
      [line, columns] = [word, size];
    } else if (line === "") {
      [line, columns] = [word, size];
    } else {
      line += spaces + word;
      columns += spaces.length + size;
    }
  }
  return line === "" ? lines : [...lines, line];
}
