import { HclError, tokensOf, type Token } from "./hcl-lexer";

/** What stands for an index other than `each.key` or `count.index`: which instance it takes cannot be told. */
const ANY = "…";
const WRAPPED = /^"\$\{~?([^]*?)~?\}"$/;

/**
 * An expression in one line, as the JSON of a configuration would show it (`${…}`): without comments, and with the
 * index of what is referred to only where it is `by` or `*`, because any other takes one instance or another.
 */
export function textOf(tokens: readonly Token[], by: string): string {
  let text = "";
  const bare = unwrapped(tokens);
  for (let i = 0; i < bare.length; i++) {
    const token = bare[i]!;
    if (text !== "" && token.spaced) text += " ";
    text += token.text.replace(/\s+/g, " ");
    if (!isIndexed(bare, i)) continue;
    const close = closingOf(bare, i + 1);
    const index = squeezed(unwrapped(bare.slice(i + 2, close)));
    text += `[${index === by || index === "*" ? index : ANY}]`;
    i = close;
  }
  return `\${${text}}`;
}

/** True when the expression is `REFERENCE[by].id` and nothing else. */
export function isPlainId(tokens: readonly Token[], reference: string, by: string): boolean {
  return isPlain(tokens, `${reference}[${by}].id`);
}

/** True when the expression is this reference and nothing else. */
export function isPlain(tokens: readonly Token[], reference: string): boolean {
  return squeezed(unwrapped(tokens)) === reference;
}

/** Without brackets around all of it, and without the quotes of `"${…}"`. */
function unwrapped(tokens: readonly Token[]): readonly Token[] {
  const [first] = tokens;
  if (first?.text === "(" && closingOf(tokens, 0) === tokens.length - 1) return unwrapped(tokens.slice(1, -1));
  const inner = tokens.length === 1 && first!.kind === "string" ? WRAPPED.exec(first!.text)?.[1] : undefined;
  if (inner === undefined) return tokens;
  try {
    return unwrapped(tokensOf(inner).filter((token) => token.kind !== "newline"));
  } catch (thrown) {
    // `"${a}-${b}"` begins and ends like one; it is a text with two.
    if (thrown instanceof HclError) return tokens;
    throw thrown;
  }
}

/** True for the name in `.name[`; what follows `in [` or `([` is a list and no index. */
function isIndexed(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.kind === "word" && tokens[at - 1]?.text === "." && tokens[at + 1]?.text === "[";
}

/** Where the bracket at `open` is closed; the reader of blocks has seen that each is. */
function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (kind !== "sign") continue;
    if (text === "(" || text === "[" || text === "{") depth++;
    else if ((text === ")" || text === "]" || text === "}") && --depth === 0) return at;
  }
  return tokens.length;
}

function squeezed(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join("");
}
