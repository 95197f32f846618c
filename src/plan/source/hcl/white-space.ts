/** White space as Go's unicode.IsSpace has it; JavaScript's own trim differs in U+0085 and U+FEFF. */
const SPACE = /[\t\n\v\f\r \u0085\p{Z}]/u;

export function trimStart(text: string): string {
  let at = 0;
  while (at < text.length && SPACE.test(text[at]!)) at++;
  return text.slice(at);
}

export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}
