import { toText } from "../primitive";
import { ERROR, list, text, unknown, type Value } from "../value";
import type { Call } from "./function";

/** Functions by regular expressions, as far as Go and JavaScript read them alike. */
export const PATTERNS: Readonly<Record<string, Call>> = {
  regex: ([pattern, of], at) =>
    matched(pattern!, of!, "regex", at, (expression, from) => {
      const found = expression.exec(from);
      return found === null ? ERROR : captured(found);
    }),
  regexall: ([pattern, of], at) =>
    matched(pattern!, of!, "regexall", at, (expression, from) =>
      list([...from.matchAll(new RegExp(expression, "g"))].map(captured)),
    ),
};

/** The replacement for what a pattern matches; undefined where it cannot be determined. */
export function replaced(from: string, pattern: string, by: string): string | undefined {
  const expression = expressionOf(pattern);
  // `$1` has rules of its own.
  if (expression === undefined || !isPlain(from) || by.includes("$")) return undefined;
  return from.replace(new RegExp(expression, "g"), () => by);
}

function matched(
  pattern: Value,
  of: Value,
  name: string,
  at: Parameters<Call>[1],
  compute: (expression: RegExp, from: string) => Value,
): Value {
  const [how, from] = [toText(pattern), toText(of)];
  if (how.kind === "null" || from.kind === "null" || how.kind === "error" || from.kind === "error") return ERROR;
  const expression = how.kind === "string" ? expressionOf(how.value) : undefined;
  if (expression === undefined || from.kind !== "string" || !isPlain(from.value))
    return unknown(`is matched by ${name}, which the gate does for plain patterns and known texts only`, at);
  return compute(expression, from.value);
}

/** The whole match, or what its groups have matched. */
function captured(found: RegExpExecArray): Value {
  return found.length === 1 ? text(found[0]) : list(found.slice(1).map(text));
}

const LONGEST = 100;

/** One byte a character, and no line ends. */
function isPlain(from: string): boolean {
  return from.length <= LONGEST && /^[\x20-\x7e]*$/.test(from);
}

/**
 * A pattern of letters, digits, `-`, classes, `\d`, `.`, anchors, groups and what repeats one character or class. It never
 * matches an empty text, which Go and JavaScript step over differently; no group is repeated or left out, and only three pieces
 * repeat up to a number that is not the least one, and only three may be left out, so that matching takes no time.
 */
function expressionOf(pattern: string): RegExp | undefined {
  if (pattern.length > LONGEST || !PATTERN.test(pattern) || pattern.includes("|")) return undefined;
  const pieces = pattern.replaceAll("(?:", "(");
  if ((pieces.match(/[*+]\??|,[0-9]*\}\??/g) ?? []).length > 3) return undefined;
  if ((pieces.replace(/([*+}])\?/g, "$1").match(/\?/g) ?? []).length > 3) return undefined;
  try {
    const expression = new RegExp(pattern);
    return expression.test("") ? undefined : expression;
  } catch {
    return undefined;
  }
}

const PIECE = String.raw`(?:[A-Za-z0-9_ :/,-]|\\[d.]|\.|\[\^?-\]|\[\^?(?:[A-Za-z0-9_.]-[A-Za-z0-9_.]|[A-Za-z0-9_.])+-?\])`;
const REPEATED = String.raw`${PIECE}(?:[*+?]\??|\{[0-9]{1,2}(?:,[0-9]{0,2})?\})?`;
const PATTERN = new RegExp(String.raw`^\^?(?:${REPEATED}|\((?:\?:)?(?:${REPEATED})+\))+\$?$`);
