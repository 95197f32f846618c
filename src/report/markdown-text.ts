/** Signs that never start markup inside a line; all others, and all that is not ASCII text, are written as numbers. */
const MARKUP = /[^\p{L}\p{N}\p{M} ,.:;/()='"%+?^{}-]/gu;

/** What GitHub makes a link of without being asked: broken at one sign. */
const LINK_SCHEME = /:(?=\/\/)/g;
const LINK_HOST = /(?<=www)\./gi;

/**
 * A text as Markdown that says exactly this text, inside a line. Numeric references are never taken for markup, so no
 * table cell, link, HTML tag, emphasis or formula can come out of a resource's name.
 */
export function mdText(text: string): string {
  return text.replace(MARKUP, reference).replace(LINK_SCHEME, reference).replace(LINK_HOST, reference);
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`;
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
