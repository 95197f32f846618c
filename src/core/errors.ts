/** A line of a file. */
export interface SourcePlace {
  /** Relative to the project. */
  readonly file: string;
  /** The first is 1. */
  readonly line: number;
}

/**
 * Every failure this project raises on purpose. `code` is a stable PascalCase name that scripts may match;
 * the message is written for the user and ends with a fix.
 */
export class AnycastError extends Error {
  /** Stable PascalCase name, e.g. `PlanNotReadable`. */
  public readonly code: string;
  /** Process exit code of this failure: 1 refused by policy, 2 could not check or do it. @default 2 */
  public readonly exitCode: 1 | 2;
  /** Where in the user's own files it comes from. @default not known */
  public readonly source: SourcePlace | undefined;

  public constructor(
    code: string,
    message: string,
    options: { cause?: unknown; exitCode?: 1 | 2; source?: SourcePlace | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AnycastError";
    this.code = code;
    this.exitCode = options.exitCode ?? 2;
    this.source = options.source;
  }
}

/** The parts of an error sentence: "Expected X to be RULE, got `VALUE` (at ADDRESS). Fix: …". */
export interface Expectation {
  /** What was looked at, e.g. "the region". */
  readonly what: string;
  /** What it should have been, e.g. "one of cn-hongkong, ap-southeast-1". */
  readonly rule: string;
  /** What was found; never a secret. */
  readonly got: unknown;
  /** File, line, resource address or option the value came from. @default left out */
  readonly at?: string;
  /** What the reader can do about it. */
  readonly fix: string;
}

/** Longest value shown in a message, in characters; longer ones are cut. */
const SHOWN = 120;

/** Shows a value inside backticks, in one line, cut to a readable length. */
export function showValue(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "nothing" : safeJson(value);
  const oneLine = text.replace(/[\u0000-\u001f\u007f]+/g, " ");
  return "`" + (oneLine.length > SHOWN ? oneLine.slice(0, SHOWN) + "…" : oneLine) + "`";
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Builds an error sentence in the project's form. */
export function expected(e: Expectation): string {
  return `Expected ${e.what} to be ${e.rule}, got ${showValue(e.got)}${e.at === undefined ? "" : ` (at ${e.at})`}. Fix: ${e.fix}`;
}

/** An error made from that sentence. */
export function expectationError(code: string, e: Expectation, cause?: unknown): AnycastError {
  return new AnycastError(code, expected(e), { cause });
}

/** The message of anything that was thrown (some libraries throw strings). */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Node's error code (`ENOENT`, `ENOSPC`, …) of anything that was thrown, if it has one. */
export function systemCodeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
