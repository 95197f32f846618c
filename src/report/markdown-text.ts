/**
 * Characters that may start markup inside a line: all but the harmless ones, an underscore that is not inside a word, and
 * one character of what GitHub turns into a link by itself (`https://…`, `www.…`).
 */
const MARKUP = /[^\p{L}\p{N}\p{M} ,.:;/()='"%+?^{}_-]|_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_|:(?=\/\/)|(?<=www)\./giu;

/**
 * A text as Markdown that shows exactly this text, inside a line. Numeric references are never read as markup, so a
 * resource's name cannot become a table cell, link, HTML tag, emphasis or formula.
 */
export function mdText(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.codePointAt(0)};`);
}

/** A text as code: GitHub makes no link and no mention of it. */
export function mdCode(text: string): string {
  return text === "" ? "" : `<code>${mdText(text)}</code>`;
}

/**
 * A sentence of the gate, with its values in backticks, as Markdown: the values become code, and so do characters
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
