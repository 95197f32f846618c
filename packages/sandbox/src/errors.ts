/**
 * Every failure that the sandbox raises on purpose. `code` is a stable PascalCase name that scripts may match; the
 * message is written for the user and ends with a fix.
 */
export class SandboxError extends Error {
  /** Stable PascalCase name, e.g. `SandboxInUse`. */
  public readonly code: string;

  public constructor(code: string, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SandboxError";
    this.code = code;
  }
}

/** The parts of an error sentence: "Expected X to be RULE, got `VALUE` (at ADDRESS). Fix: …". */
export interface Expectation {
  /** What was looked at, e.g. "the region". */
  readonly what: string;
  /** What it should have been, e.g. "a number above 0". */
  readonly rule: string;
  /** What was found; never a secret. */
  readonly got: unknown;
  /** File, option or path that the value came from. @default left out */
  readonly at?: string;
  /** What the reader can do about it. */
  readonly fix: string;
}

/** Longest value shown in a message, in characters; longer ones are cut. */
const SHOWN = 120;

/** An error with that sentence. */
export function expectationError(code: string, e: Expectation, cause?: unknown): SandboxError {
  const at = e.at === undefined ? "" : ` (at ${e.at})`;
  return new SandboxError(code, `Expected ${e.what} to be ${e.rule}, got ${showValue(e.got)}${at}. Fix: ${e.fix}`, {
    cause,
  });
}

/** A value inside backticks, in one line, cut to a readable length. */
function showValue(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "nothing" : asJson(value);
  const oneLine = text.replace(/[\u0000-\u001f\u007f]+/g, " ");
  return "`" + (oneLine.length > SHOWN ? oneLine.slice(0, SHOWN) + "…" : oneLine) + "`";
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Node's error code (`ENOENT`, `ENOSPC`, …) of anything that was thrown, if it has one. */
export function systemCodeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
