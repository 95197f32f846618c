import { distance } from "fastest-levenshtein";

/** The known word nearest to a mistyped one, when it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return ranked !== undefined && ranked.steps <= Math.max(2, Math.floor(word.length / 3))
    ? ranked.candidate
    : undefined;
}
