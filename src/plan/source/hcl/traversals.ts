import type { Expression } from "./ast";
import type { Cursor } from "./cursor";

type Parse = (cursor: Cursor) => Expression;

/**
 * What follows a term: `.name`, `.0`, `[key]`, `.*` and `[*]`.
 * @param start where the term begins
 * @throws HclError
 */
export function traversals(cursor: Cursor, from: Expression, start: number, parse: Parse): Expression {
  let of = from;
  for (;;) {
    const { type, start: marker } = cursor.peek();
    if (type === ".") {
      cursor.read();
      of = cursor.take("*") ? attributeSplat(cursor, of, start, marker) : step(cursor, of, start);
    } else if (type === "[") {
      cursor.read();
      of = cursor.take("*") ? fullSplat(cursor, of, start, marker, parse) : index(cursor, of, start, parse);
    } else return of;
  }
}

/** `.name`, or `.0`, which is an index. */
function step(cursor: Cursor, of: Expression, start: number): Expression {
  if (cursor.peek().type !== "number") {
    const name = cursor.name();
    return cursor.node(start, { kind: "attribute", of, name }, [of]);
  }
  const token = cursor.read();
  const text = cursor.textOf(token);
  // `a.0.1` is a fraction to the scanner, and refused by Terraform.
  if (!/^[0-9]+$/.test(text)) cursor.fail("an index that is not a whole number", token.start);
  const key = cursor.node(token.start, { kind: "number", text });
  return cursor.node(start, { kind: "index", of, key }, [of, key]);
}

function index(cursor: Cursor, of: Expression, start: number, parse: Parse): Expression {
  const key = cursor.withNewlines(false, () => {
    const inner = parse(cursor);
    cursor.expect("]", "an index that is not closed");
    return inner;
  });
  return cursor.node(start, { kind: "index", of, key }, [of, key]);
}

/** After `.*`, names and `.0` apply to each element; `[0]` applies to the whole list. */
function attributeSplat(cursor: Cursor, of: Expression, start: number, marker: number): Expression {
  const item = cursor.node(marker, { kind: "item" });
  let each = item;
  while (cursor.take(".")) each = step(cursor, each, marker);
  return cursor.node(start, { kind: "splat", of, each }, [of, each]);
}

/** All that follows `[*]` is done with each element. */
function fullSplat(cursor: Cursor, of: Expression, start: number, marker: number, parse: Parse): Expression {
  cursor.expect("]", "a `[*]` that is not closed");
  const item = cursor.node(marker, { kind: "item" });
  const each = cursor.nested(() => traversals(cursor, item, marker, parse));
  return cursor.node(start, { kind: "splat", of, each }, [of, each]);
}
