import type { Expression, ObjectEntry } from "./ast";
import type { Cursor } from "./cursor";

type Parse = (cursor: Cursor) => Expression;

/** The rest of `[a, b]`. */
export function tuple(cursor: Cursor, start: number, parse: Parse): Expression {
  const items: Expression[] = [];
  while (!cursor.take("]")) {
    items.push(parse(cursor));
    if (cursor.take(",")) continue;
    cursor.expect("]", "a list that is not closed");
    break;
  }
  return cursor.node(start, { kind: "tuple", items }, items);
}

/** The rest of `{ a = b }`; newlines separate its entries too. */
export function object(cursor: Cursor, start: number, parse: Parse): Expression {
  const entries: ObjectEntry[] = [];
  for (;;) {
    while (cursor.take("newline"));
    if (cursor.take("}")) break;
    const key = objectKey(cursor, parse);
    if (!cursor.take("=") && !cursor.take(":")) cursor.fail("an object's key without a value");
    const value = parse(cursor);
    entries.push({ key, value });
    if (cursor.take(",") || cursor.take("newline")) continue;
    cursor.expect("}", "an object that is not closed");
    break;
  }
  const children = entries.flatMap(({ key, value }) => [key, value]);
  return cursor.node(start, { kind: "object", entries }, children);
}

/** Why a key such as `a.b` has no value. */
const AMBIGUOUS = "it is a key that may be a name or a reference";

/** A bare name is a text; a name in parentheses is its value. */
function objectKey(cursor: Cursor, parse: Parse): Expression {
  const first = cursor.peek();
  const key = parse(cursor);
  if (first.type === "(") return key;
  if (key.kind === "root" || key.kind === "bool" || key.kind === "null") {
    return cursor.node(first.start, { kind: "string", value: cursor.textOf(first) });
  }
  // Terraform refuses it when it evaluates it; in `providers = { alicloud.hk = alicloud.sg }` it never does.
  if (isReference(key)) return cursor.node(first.start, { kind: "unsupported", why: AMBIGUOUS });
  return key;
}

function isReference(key: Expression): boolean {
  if (key.kind === "root") return true;
  if (key.kind === "attribute") return isReference(key.of);
  return key.kind === "index" && /^(?:string|number|bool|null)$/.test(key.key.kind) && isReference(key.of);
}

/** The rest of `[for …]` or `{for …}`, from the keyword on. */
export function forExpression(cursor: Cursor, start: number, close: "]" | "}", parse: Parse): Expression {
  cursor.read();
  const { keyName, valueName, of } = forIntro(cursor, parse);
  cursor.expect(":", "a `for` without its `:`");
  const first = parse(cursor);
  const second = cursor.take("=>") ? parse(cursor) : undefined;
  const grouped = cursor.take("...");
  const condition = cursor.takeWord("if") ? parse(cursor) : undefined;
  cursor.expect(close, "a `for` that is not closed");
  const isObject = close === "}";
  if (isObject !== (second !== undefined)) cursor.fail("a `for` with a key where there is none, or without one", start);
  if (grouped && !isObject) cursor.fail("a `for` that groups without keys", start);
  const [key, value] = second === undefined ? [undefined, first] : [first, second];
  const children = [of, first, second, condition].filter((child) => child !== undefined);
  return cursor.node(start, { kind: "for", keyName, valueName, of, key, value, condition, grouped }, children);
}

export interface ForIntro {
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly of: Expression;
}

/** `KEY, VALUE in OF`, as `for` has it in expressions and in templates. */
export function forIntro(cursor: Cursor, parse: Parse): ForIntro {
  const first = cursor.name();
  const second = cursor.take(",") ? cursor.name() : undefined;
  if (!cursor.takeWord("in")) cursor.fail("a `for` without its `in`");
  const of = parse(cursor);
  return second === undefined
    ? { keyName: undefined, valueName: first, of }
    : { keyName: first, valueName: second, of };
}
