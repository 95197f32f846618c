import type { Expression, SourceText } from "./ast";
import { forExpression, object, tuple } from "./collections";
import { Cursor } from "./cursor";
import { quotedTemplate } from "./template";
import type { Token } from "./token";
import { traversals } from "./traversals";

type Operator = Extract<Expression, { kind: "binary" }>["operator"];

/** How tightly operators bind; those of one level combine from the left. */
const LEVELS: Readonly<Partial<Record<string, number>>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  ">": 4,
  "<=": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};
/** As Terraform reads them with room to spare; a larger exponent is not known to be read alike. */
const NUMBER = /^[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?$/;

/** @throws HclError */
export function expression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    const { start } = cursor.peek();
    const condition = binary(cursor, 1);
    if (!cursor.take("?")) return condition;
    const then = expression(cursor);
    cursor.expect(":", "a conditional without its `:`");
    const other = expression(cursor);
    return cursor.node(start, { kind: "conditional", condition, then, else: other }, [condition, then, other]);
  });
}

function binary(cursor: Cursor, lowest: number): Expression {
  const { start } = cursor.peek();
  let left = operand(cursor);
  for (;;) {
    const operator = cursor.peek().type;
    const level = LEVELS[operator];
    if (level === undefined || level < lowest) return left;
    cursor.read();
    const right = binary(cursor, level + 1);
    left = cursor.node(start, { kind: "binary", operator: operator as Operator, left, right }, [left, right]);
  }
}

function operand(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  return traversals(cursor, term(cursor), start, expression);
}

function term(cursor: Cursor): Expression {
  const { type, start } = cursor.peek();
  switch (type) {
    case "(": {
      cursor.read();
      return cursor.withNewlines(false, () => {
        const inner = expression(cursor);
        cursor.expect(")", "a bracket that is not closed");
        return inner;
      });
    }
    case "number": {
      const text = cursor.textOf(cursor.read());
      if (!NUMBER.test(text)) cursor.fail("a number in a form that this reader does not know", start);
      return cursor.node(start, { kind: "number", text });
    }
    case "identifier":
      return named(cursor);
    case "open quote":
    case "open heredoc":
      return quotedTemplate(cursor, expression);
    case "-":
    case "!": {
      cursor.read();
      // What follows binds tighter than any operator: -a + b is (-a) + b.
      const of = cursor.nested(() => operand(cursor));
      return cursor.node(start, { kind: "unary", operator: type, of }, [of]);
    }
    case "[":
      cursor.read();
      return cursor.withNewlines(false, () =>
        cursor.isWord("for") ? forExpression(cursor, start, "]", expression) : tuple(cursor, start, expression),
      );
    case "{": {
      cursor.read();
      const isFor = cursor.withNewlines(false, () => cursor.isWord("for"));
      return cursor.withNewlines(!isFor, () =>
        isFor ? forExpression(cursor, start, "}", expression) : object(cursor, start, expression),
      );
    }
    default:
      return cursor.fail("something else where an expression should be");
  }
}

/** A call, a constant, or the first name of a reference. */
function named(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  let name = cursor.name();
  const next = cursor.peek().type;
  if (next === "(" || next === "::") {
    while (cursor.take("::")) name += `::${cursor.name()}`;
    cursor.expect("(", "a function without its arguments");
    return cursor.withNewlines(false, () => call(cursor, name, start));
  }
  if (name === "true" || name === "false") return cursor.node(start, { kind: "bool", value: name === "true" });
  return cursor.node(start, name === "null" ? { kind: "null" } : { kind: "root", name });
}

function call(cursor: Cursor, name: string, start: number): Expression {
  const args: Expression[] = [];
  let spread = false;
  while (!cursor.take(")")) {
    args.push(expression(cursor));
    spread = cursor.take("...");
    if (spread || !cursor.take(",")) {
      cursor.expect(")", "arguments that are not closed");
      break;
    }
  }
  return cursor.node(start, { kind: "call", name, args, spread }, args);
}

/**
 * An expression that these tokens are, all of them.
 * @param newlines whether an end of line ends it
 * @throws HclError
 */
export function wholeExpression(source: SourceText, tokens: readonly Token[], newlines: boolean): Expression {
  const cursor = new Cursor(source, tokens, newlines);
  const whole = expression(cursor);
  cursor.expect("end of text", "something after its end");
  return whole;
}
