import type { SourceText } from "./ast";
import { HclError } from "./hcl-error";
import { DEEPEST } from "./limits";
import type { Sign, Token, TokenType } from "./token";
import { trimEnd, trimStart } from "./white-space";

/** `template` is the text of a string in JSON configuration: a template without quotes. */
export type ScanMode = "main" | "template";

const SPACE = /[ \t]+/y;
const LINE_COMMENT = /(?:#|\/\/)[^\n]*\n?/y;
const NEWLINE = /\r?\n/y;
const NUMBER = /[0-9](?:(?:[0-9.]|[eE][+-]?[0-9])*(?:[0-9]|[eE][+-]?[0-9]))?/y;
/** HCL's identifiers hold dashes, so `count.index-1` is one name and no subtraction. */
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const SIGN = /\.\.\.|==|!=|<=|>=|&&|\|\||::|=>|[-+*/%!<>=?:.,()[\]]/y;
const PLAIN = /[^$%"\\\r\n]+/y;
const ESCAPED = /\\[^\r\n]/uy;
const LINE_OF_TEXT = /[^$%\r\n]*(?:\r?\n)?/y;
const LONE_SURROGATE = /\p{Surrogate}/u;

type Mode = { readonly kind: "main" | "quoted" | "bare" } | Heredoc;

interface Heredoc {
  readonly kind: "heredoc";
  readonly marker: string;
  startOfLine: boolean;
}

/**
 * Splits HCL into tokens, in one pass. Comments and spaces are left out; a comment up to the line's end is a newline.
 * @param start where to begin and @param end where to end: indexes into the text
 * @throws HclError
 */
export function scan(source: SourceText, mode: ScanMode, start = 0, end = source.text.length): Token[] {
  return new Scanner(source, start, end).scan(mode);
}

class Scanner {
  private readonly text: string;
  private readonly tokens: Token[] = [];
  private readonly modes: Mode[] = [];
  /** Braces that are open, and how many were when each template sequence began. */
  private braces = 0;
  private readonly sequences: number[] = [];

  public constructor(
    private readonly source: SourceText,
    private at: number,
    end: number,
  ) {
    this.text = source.text.slice(0, end);
    if (at === 0 && this.text.startsWith("\uFEFF")) this.at = 1;
  }

  public scan(mode: ScanMode): Token[] {
    const lone = LONE_SURROGATE.exec(this.text);
    if (lone !== null) this.fail("half of a character", lone.index);
    this.modes.push({ kind: mode === "main" ? "main" : "bare" });
    while (this.at < this.text.length) {
      const current = this.modes.at(-1)!;
      if (current.kind === "main") this.main();
      else if (current.kind === "quoted") this.quoted();
      else if (current.kind === "heredoc") this.heredocText(current);
      else this.bareText();
    }
    if (this.modes.length > 1) this.fail("a text or template that does not end");
    this.tokens.push({ type: "end of text", start: this.at, end: this.at });
    return this.tokens;
  }

  private main(): void {
    const { text, at } = this;
    if (this.match(SPACE) !== undefined) return;
    const comment = this.match(LINE_COMMENT);
    if (comment !== undefined) {
      if (comment.endsWith("\n")) this.push("newline", at);
      return;
    }
    if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      if (close === -1) this.fail("a comment that does not end");
      this.at = close + 2;
      return;
    }
    switch (text[at]) {
      case '"':
        this.at++;
        this.push("open quote", at);
        this.enter({ kind: "quoted" });
        return;
      case "{":
        this.at++;
        this.braces++;
        this.push("{", at);
        return;
      case "}":
        this.at++;
        this.closeBrace(at);
        return;
      case "~":
        if (text[at + 1] !== "}" || this.sequences.at(-1) !== this.braces) this.fail("a sign that is not HCL's");
        this.at += 2;
        this.closeBrace(at);
        return;
      case "<":
        if (this.heredoc()) return;
        break;
    }
    if (this.match(NEWLINE) !== undefined) this.push("newline", at);
    else if (this.match(IDENTIFIER) !== undefined) this.push("identifier", at);
    else if (this.match(NUMBER) !== undefined) this.push("number", at);
    else {
      const sign = this.match(SIGN);
      if (sign === undefined) this.fail("a sign that is not HCL's");
      this.push(sign as Sign, at);
    }
  }

  private closeBrace(at: number): void {
    if (this.sequences.at(-1) === this.braces) {
      this.sequences.pop();
      this.modes.pop();
      this.push("end", at);
    } else this.push("}", at);
    this.braces--;
  }

  private heredoc(): boolean {
    const { at } = this;
    HEREDOC.lastIndex = at;
    const found = HEREDOC.exec(this.text);
    if (found === null) return false;
    this.at = HEREDOC.lastIndex;
    this.push("open heredoc", at);
    this.enter({ kind: "heredoc", marker: found[1]!, startOfLine: true });
    return true;
  }

  private quoted(): void {
    const { at } = this;
    const first = this.text[at];
    if (first === '"') {
      this.at++;
      this.modes.pop();
      this.push("close quote", at);
    } else if (first === "$" || first === "%") this.marker(first, "quoted");
    else {
      while (this.match(PLAIN) ?? this.match(ESCAPED));
      if (this.at === at) this.fail("a quoted text of more than one line");
      this.push("quoted", at);
    }
  }

  /** One line of a heredoc, or what of it is before a `${`; a line with the marker alone ends it. */
  private heredocText(heredoc: Heredoc): void {
    const { at } = this;
    const { startOfLine } = heredoc;
    const line = this.lineOfText();
    heredoc.startOfLine = line?.endsWith("\n") ?? false;
    if (line === undefined) return;
    if (startOfLine && heredoc.startOfLine && trimStart(trimEnd(line)) === heredoc.marker) {
      // The line's end is the configuration's again.
      this.at -= line.endsWith("\r\n") ? 2 : 1;
      this.modes.pop();
      this.push("close heredoc", at);
    } else this.push("literal", at);
  }

  /** One line of a template without quotes, or what of it is before a `${`. */
  private bareText(): void {
    const { at } = this;
    if (this.lineOfText() !== undefined) this.push("literal", at);
  }

  /** Passes over text up to the end of the line; undefined where there was a `$` or `%` instead. */
  private lineOfText(): string | undefined {
    const first = this.text[this.at]!;
    if (first === "$" || first === "%") {
      this.marker(first, "literal");
      return undefined;
    }
    const line = this.match(LINE_OF_TEXT)!;
    if (line === "") this.fail("a carriage return that ends no line");
    return line;
  }

  /** `${` and `%{` begin a sequence, `$${` and `%%{` are its escapes; any other `$` or `%` is text. */
  private marker(sign: "$" | "%", type: "quoted" | "literal"): void {
    const { text, at } = this;
    if (text.startsWith(`${sign}${sign}{`, at)) {
      this.at += 3;
      this.push(type, at);
    } else if (text[at + 1] === "{") {
      this.at += text[at + 2] === "~" ? 3 : 2;
      this.push(`${sign}{`, at);
      this.sequences.push(++this.braces);
      this.enter({ kind: "main" });
    } else {
      this.at++;
      this.push(type, at);
    }
  }

  private enter(mode: Mode): void {
    if (this.modes.push(mode) > 2 * DEEPEST) this.fail(`more than ${String(2 * DEEPEST)} templates inside each other`);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private push(type: TokenType, start: number): void {
    this.tokens.push({ type, start, end: this.at });
  }

  private fail(message: string, position = this.at): never {
    throw new HclError(message, this.source, position);
  }
}
