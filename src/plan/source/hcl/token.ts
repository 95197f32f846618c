/**
 * Kinds of tokens. Signs are their own kind. `${` and `%{` begin an expression or directive inside a
 * template (also with `~`), `end` ends it; `literal` is text of a template, `quoted` one that has backslash escapes.
 */
export type TokenType =
  | "identifier"
  | "number"
  | "newline"
  | "open quote"
  | "close quote"
  | "open heredoc"
  | "close heredoc"
  | "quoted"
  | "literal"
  | "${"
  | "%{"
  | "end"
  | "end of text"
  | Sign;

export type Sign =
  | "==" | "!=" | "<=" | ">=" | "<" | ">" | "&&" | "||" | "!" | "+" | "-" | "*" | "/" | "%"
  | "=" | "=>" | "?" | ":" | "::" | "..." | "." | "," | "(" | ")" | "[" | "]" | "{" | "}"; // prettier-ignore

/** A piece of HCL; `start` and `end` are indexes into the text (UTF-16 code units), `end` is exclusive. */
export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
}
