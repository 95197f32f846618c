/** A piece of HCL: a name or number, a whole string or heredoc with all that is inside, or one sign. */
export interface Token {
  readonly kind: "word" | "string" | "heredoc" | "sign" | "newline";
  /** As it is written. */
  readonly text: string;
  /** White space, a comment or a line's end stands before it. */
  readonly spaced: boolean;
}

/** Thrown for what is no HCL, or HCL that this reader does not know for sure; nothing is guessed. */
export class HclError extends Error {}

/** Templates inside templates. */
const DEEPEST = 100;
const SPACE = /(?:[ \t\r]|\/\*[^]*?\*\/|(?:#|\/\/)[^\n]*)+/y;
/** HCL's identifiers hold dashes, so `count.index-1` is one name and no subtraction. */
const WORD = /[\p{ID_Start}_][\p{ID_Continue}-]*|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/uy;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const SIGN = /\.\.\.|=>|[-+*/%&|!<>=?:.,(){}[\]~]/y;

/**
 * Splits native HCL into tokens. Strings and heredocs are one token each, so that no brace, quote or comment sign inside
 * them is taken for one of the configuration.
 * @throws HclError
 */
export function tokensOf(source: string): Token[] {
  const reader = new Reader(source.startsWith("\uFEFF") ? source.slice(1) : source);
  return reader.tokens("");
}

class Reader {
  private at = 0;
  private depth = 0;

  public constructor(private readonly source: string) {}

  /** Reads up to the end, or to the `}` that closes a template's `${`. */
  public tokens(end: "" | "}"): Token[] {
    const found: Token[] = [];
    let depth = 0;
    for (;;) {
      const spaced = this.match(SPACE) !== undefined || this.source[this.at - 1] === "\n";
      const first = this.source[this.at];
      if (first === undefined) {
        if (end === "" && depth === 0) return found;
        throw new HclError("something is not closed");
      }
      if (first === "{") depth++;
      if (first === "}" && --depth < 0) {
        if (end === "") throw new HclError("a brace too many");
        this.at++;
        return found;
      }
      found.push({ ...this.token(first), spaced });
    }
  }

  private token(first: string): Pick<Token, "kind" | "text"> {
    const start = this.at;
    if (first === '"') {
      this.quoted();
      return { kind: "string", text: this.source.slice(start, this.at) };
    }
    const heredoc = this.match(HEREDOC);
    if (heredoc !== undefined) {
      this.heredoc(heredoc[1]!);
      return { kind: "heredoc", text: this.source.slice(start, this.at) };
    }
    if (first === "\n") return { kind: "newline", text: this.source[this.at++]! };
    const word = this.match(WORD);
    if (word !== undefined) return { kind: "word", text: word[0] };
    const sign = this.match(SIGN);
    if (sign !== undefined) return { kind: "sign", text: sign[0] };
    throw new HclError("a sign that is not HCL's");
  }

  /** Passes over a string and the templates in it. */
  private quoted(): void {
    const { source } = this;
    for (this.at++; source[this.at] !== '"';) {
      const c = source[this.at];
      if (c === undefined) throw new HclError("a text that does not end");
      if (c === "\\") this.at += 2;
      else if (c === "$" || c === "%") this.marker(c);
      else this.at++;
    }
    this.at++;
  }

  /** What is inside `${` and `%{` is HCL again. */
  private marker(c: string): void {
    const { source, at } = this;
    // How HCL splits `$$${` is its secret; nobody needs to know.
    if (source.startsWith(c + c + c, at)) throw new HclError("a row of template signs");
    if (source.startsWith(`${c}${c}{`, at)) this.at += 3;
    else if (source[at + 1] === "{") {
      this.at += 2;
      if (++this.depth > DEEPEST) throw new HclError("templates that are nested too deeply");
      this.tokens("}");
      this.depth--;
    } else this.at++;
  }

  /** Ends with the line that holds the marker alone; that line's end is the configuration's again. */
  private heredoc(marker: string): void {
    const { source } = this;
    let lineStart = true;
    const ended = (): boolean => {
      if (!lineStart) return false;
      lineStart = false;
      const newline = source.indexOf("\n", this.at);
      const end = newline < 0 ? source.length : newline;
      if (source.slice(this.at, end).trim() !== marker) return false;
      this.at = end;
      return true;
    };
    while (!ended()) {
      const c = source[this.at];
      if (c === undefined) throw new HclError("a text that does not end");
      if (c === "$" || c === "%") this.marker(c);
      else {
        lineStart = c === "\n";
        this.at++;
      }
    }
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match;
  }
}
