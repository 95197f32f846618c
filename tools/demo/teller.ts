/** Where the demonstration is shown: a terminal, a file, a log of CI. */
export interface Stage {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

const WIDTH = 80;
const INDENT = "      ";

/** Tells numbered steps with the time each took, readable at 80 columns, plain without a terminal. */
export class Teller {
  private count = 0;
  private pending = false;
  private readonly lively: boolean;

  public constructor(
    private readonly stage: Stage,
    env: NodeJS.ProcessEnv,
  ) {
    const quiet = [env.NO_COLOR, env.CI].some((value) => value !== undefined && value !== "");
    this.lively = stage.isTTY === true && !quiet && env.TERM !== "dumb";
  }

  /** What is being done now; shown on a terminal only, until the step is complete. */
  public working(what: string): void {
    if (!this.lively) return;
    this.stage.write(`\r\u001b[K    ${what.slice(0, WIDTH - 10)} …`);
    this.pending = true;
  }

  /** A step that was done, and what came of it. */
  public step(title: string, ms: number, lines: readonly string[] = []): void {
    const time = `${(ms / 1000).toFixed(1)} s`;
    const head = `${String(++this.count).padStart(3)}  ${title}`;
    this.line("");
    this.line(`${this.bold(head.padEnd(WIDTH - time.length - 1))} ${time}`);
    this.body(lines);
  }

  /** Lines below a step; too long ones are wrapped between words. */
  public body(lines: readonly string[]): void {
    for (const line of lines) for (const part of wrap(line, WIDTH - INDENT.length)) this.line(INDENT + part);
  }

  /** A line of its own, as it is. */
  public line(text: string): void {
    if (this.pending) this.stage.write("\r\u001b[K");
    this.pending = false;
    this.stage.write(`${text.trimEnd()}\n`);
  }

  public bold(text: string): string {
    return this.lively ? `\u001b[1m${text}\u001b[22m` : text;
  }
}

/**
 * Cuts a line between words, and a word that is too long after one of its dots. What follows is indented as far as the
 * line itself, plus two.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  const hanging = " ".repeat(text.length - text.trimStart().length + 2);
  for (let rest = text; ;) {
    if (rest.length <= width) return [...lines, rest];
    const indent = rest.length - rest.trimStart().length;
    const space = rest.lastIndexOf(" ", width);
    const dot = rest.lastIndexOf(".", width - 1) + 1;
    const cut = space > indent ? space : dot;
    if (cut <= indent) return [...lines, rest];
    lines.push(rest.slice(0, cut).trimEnd());
    rest = hanging + rest.slice(cut).trimStart();
  }
}
