import type { Attribute, Expression, Place } from "./ast";
import { HclError } from "./hcl-error";

/**
 * An attribute that is parsed once, when it is first used. What cannot be parsed is `unsupported`.
 * @param parse may throw HclError
 */
export function lazyAttribute(at: Place, parse: () => Expression): Attribute {
  let parsed: Expression | undefined;
  return { at, expression: () => (parsed ??= orUnsupported(at, parse)) };
}

/** What cannot be parsed has some value all the same, unknown here. */
function orUnsupported(at: Place, parse: () => Expression): Expression {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof HclError) return { kind: "unsupported", why: `it has ${thrown.message}`, at };
    throw thrown;
  }
}
