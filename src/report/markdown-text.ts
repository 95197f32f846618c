/**
 * What may start markup inside a line: every sign but the harmless ones, an underscore that is not inside a word, and
 * one sign of what GitHub makes a link of unasked (`https://…`, `www.…`).
 */
const MARKUP = /[^\p{L}\p{N}\p{M} ,.:;/()='"%+?^{}_-]|_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_|:(?=\/\/)|(?<=www)\./giu;

/**
 * A text as Markdown that says exactly this text, inside a line. Numeric references are never read as markup, so no
 * table cell, link, HTML tag, emphasis or formula can come out of a resource's name.
 */
export function mdText(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.codePointAt(0)};`);
}

/** A text as code; what stands in code is not linked, and nobody is mentioned by it. */
export function mdCode(text: string): string {
  return text === "" ? "" : `<code>${mdText(text)}</code>`;
}

/**
 * A sentence of the gate, whose values stand between backticks, as Markdown: the values become code, and so do signs
 * that GitHub would make a mention or a link to an issue of.
 */
export function mdSentence(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (/^`.+`$/.test(part) ? mdCode(part.slice(1, -1)) : mdProse(part)))
    .join("");
}

function mdProse(text: string): string {
  return text
    .split(/([@#]+)/)
    .map((part) => (/^[@#]/.test(part) ? mdCode(part) : mdText(part)))
    .join("");
}

/** A table row; cells are Markdown already, in one line. */
export function mdRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
