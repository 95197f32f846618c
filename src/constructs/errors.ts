/**
 * Thrown when a construct is declared wrongly. The constructs are independent (a program that imports only them loads
 * neither the gate nor the sandbox), so they have this error class of their own.
 */
export class ConstructError extends Error {
  /** Stable PascalCase name, e.g. `InvalidName`. */
  public readonly code: string;

  public constructor(code: string, message: string) {
    super(message);
    this.name = "ConstructError";
    this.code = code;
  }
}

/** The parts of the sentence "Expected X to be RULE, got `VALUE` (at ADDRESS). Fix: …". */
export interface Misuse {
  readonly code: string;
  readonly what: string;
  readonly rule: string;
  readonly got: unknown;
  /** Path of the construct in the app. */
  readonly at: string;
  readonly fix: string;
}

export function misuse(m: Misuse): ConstructError {
  const got = shownValue(m.got);
  const shown = got.length > 120 ? `${got.slice(0, 120)}…` : got;
  // An app itself has no path.
  const at = m.at === "" ? "the app" : m.at;
  return new ConstructError(m.code, `Expected ${m.what} to be ${m.rule}, got \`${shown}\` (at ${at}). Fix: ${m.fix}`);
}

function shownValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "nothing";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A value where a number is required: a text is shown in quotes, because without them it would look like a number. */
export function asTyped(value: unknown): unknown {
  return typeof value === "string" ? JSON.stringify(value) : value;
}
