import type * as Ajv from "ajv";
import type { ValidateFunction } from "ajv";
import type { Document } from "yaml";
import { LineCounter, parseDocument } from "yaml";
import { AnycastError, expected, messageOf } from "../errors";
import { withoutRedundantErrors } from "./choices";
import { describe } from "./problems";

/** A file that was read and fits its schema, and where each value is in it. */
export interface CheckedYaml<T> {
  readonly value: T;
  /** `file:line:column` of a value, for problems that no schema can tell. */
  at(path: readonly (string | number)[]): string;
}

/**
 * Parses YAML and checks it against a JSON Schema. Every problem is named with file, line, column and expectation.
 * @param code of the error: `ConfigInvalid` say
 * @throws AnycastError with `code`; its message has one line per problem
 */
export function checkYaml<T>(text: string, file: string, schema: object, code: string): CheckedYaml<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    version: "1.2",
    // Warnings would go to stderr; the schema refuses what they are about.
    logLevel: "error",
  });
  const at = (path: readonly (string | number)[]): string => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    const offset = (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
    if (offset === undefined) return file;
    const { line, col } = lines.linePos(offset);
    return `${file}:${String(line)}:${String(col)}`;
  };
  const broken = document.errors[0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new AnycastError(
      code,
      expected({
        what: "the file",
        rule: broken.code === "MULTIPLE_DOCS" ? "one YAML document" : "YAML",
        got: broken.code === "MULTIPLE_DOCS" ? "several, with `---` between them" : broken.message,
        at: `${file}:${String(line)}:${String(col)}`,
        fix: "correct the syntax there.",
      }),
      { cause: broken },
    );
  }
  const value = contentOf(document, file, code);
  const half = halfCharacterIn(value, [], new Set());
  if (half !== undefined) {
    throw new AnycastError(
      code,
      expected({
        what: half.at.length === 0 ? "every setting" : half.at.join("."),
        rule: "text of whole characters",
        got: half.text,
        at: at(half.at),
        fix: "write the character itself in place of the escape.",
      }),
    );
  }
  const validate = validatorOf<T>(schema);
  if (!validate(value)) {
    const problems = withoutRedundantErrors(validate.errors ?? []).map((error) =>
      describe(error, file, document, lines),
    );
    throw new AnycastError(code, [...new Set(problems)].join("\n"));
  }
  return { value, at };
}

/** An escape such as \ud800 can write half of a character, which no policy and no other program reads. */
function halfCharacterIn(
  value: unknown,
  at: readonly string[],
  seen: Set<object>,
): { readonly at: readonly string[]; readonly text: string } | undefined {
  if (typeof value === "string") return /\p{Surrogate}/u.test(value) ? { at, text: value } : undefined;
  // An alias may lead back to what it is in.
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  for (const [key, inner] of Object.entries(value)) {
    const found = /\p{Surrogate}/u.test(key) ? { at, text: key } : halfCharacterIn(inner, [...at, key], seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** ajv is loaded when there is something to validate: most projects have no such file, and loading it is slow. */
function validatorOf<T>(schema: object): ValidateFunction<T> {
  const { default: Validator } = require("ajv") as typeof Ajv;
  return new Validator({ allErrors: true, verbose: true, strict: false }).compile<T>(schema);
}

/** An alias of an unknown anchor, or too many aliases, are errors only when the content is converted. */
function contentOf(document: Document, file: string, code: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    throw new AnycastError(
      code,
      expected({ what: "the file", rule: "YAML", got: messageOf(cause), at: file, fix: "correct the alias." }),
      { cause },
    );
  }
}
