import { wrap } from "../core/wrap";

/** Breaks a text into lines of at most `width` columns, each indented; words are never cut. */
export function wrapped(text: string, width: number, indent: number): string {
  const lines = text
    .trim()
    .split("\n")
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .flatMap((paragraph) => (paragraph === "" ? [" ".repeat(indent)] : wrap(paragraph, width, indent)));
  return lines.join("\n");
}
