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

/** Puts names back into texts that the policies made; the same texts come back for every slice of a shape. */
export class Templates {
  private readonly pieces = new Map<string, readonly string[]>();

  public fill(text: string, names: readonly string[]): string {
    let pieces = this.pieces.get(text);
    // Between two pieces of text stand the numbers of both kinds of placeholders, of which one is there.
    if (pieces === undefined) this.pieces.set(text, (pieces = text.split(PLACEHOLDER)));
    let filled = pieces[0]!;
    for (let i = 1; i < pieces.length; i += 3) filled += names[Number(pieces[i] ?? pieces[i + 1])]! + pieces[i + 2]!;
    return filled;
  }
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
