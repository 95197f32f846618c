/** Breaks a text into lines of at most `width` columns, each indented; words are never cut. */
export function wrapped(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  for (const paragraph of text.trim().split("\n")) {
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      if (line !== "" && indent + line.length + 1 + word.length > width) {
        lines.push(line);
        line = "";
      }
      line += line === "" ? word : ` ${word}`;
    }
    lines.push(line);
  }
  return lines.map((line) => " ".repeat(indent) + line).join("\n");
}
