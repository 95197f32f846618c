import type { TokenKind } from "./tokens";

/** Tokens that stand for others: the same for slices of one shape, in nothing a plan holds, valid wherever a name is. */
const PLACEHOLDER = /zq9x(\d{3})z|9170(\d{3})0719/g;

const NAME = "zq9x";
const INDEX = "9170";

export function placeholder(kind: TokenKind, place: number): string {
  const digits = String(place).padStart(3, "0");
  return kind === "index" ? `${INDEX}${digits}0719` : `${NAME}${digits}z`;
}

/** The text with each placeholder replaced by that of its place. */
export function renumbered(text: string, places: readonly number[]): string {
  return text.replace(PLACEHOLDER, (_, name: string | undefined, index: string | undefined) =>
    placeholder(name === undefined ? "index" : "", places[Number(name ?? index)]!),
  );
}

/** Puts the names back into a text that the policies made. */
export function putBack(text: string, names: readonly string[]): string {
  // Most texts of an answer hold no name.
  if (!text.includes(NAME) && !text.includes(INDEX)) return text;
  return text.replace(
    PLACEHOLDER,
    (_, name: string | undefined, index: string | undefined) => names[Number(name ?? index)]!,
  );
}

/** How many placeholders stand in a text, at most: what begins like one counts. */
export function placeholdersIn(text: string): number {
  return occurrences(text, NAME) + occurrences(text, INDEX);
}

function occurrences(text: string, of: string): number {
  let count = 0;
  for (let at = text.indexOf(of); at >= 0; at = text.indexOf(of, at + of.length)) count++;
  return count;
}
