import { truth } from "./primitive";
import { mayFail, withoutError } from "./strict";
import { loose, unify } from "./unify";
import { ERROR, union, type Value } from "./value";

/** What `condition ? a : b` gives. Both branches get one type, whichever is taken. */
export function chosen(condition: Value, a: Value, b: Value): Value {
  const { mayBeTrue, mayBeFalse, mayFail: fails } = truth(condition);
  if (!mayBeTrue && !mayBeFalse) return ERROR;
  const typed = oneType(a, b);
  const results = [...(mayBeTrue ? [typed[0]] : []), ...(mayBeFalse ? [typed[1]] : [])];
  const isBool = condition.kind === "unknown" && condition.type === "bool";
  return union(fails && !isBool ? [...results, ERROR] : results);
}

function oneType(a: Value, b: Value): readonly [Value, Value] {
  // A branch that fails still has a type, or parts that have.
  if (a.kind === "error" || b.kind === "error") return [loose(a), loose(b)];
  const unified = unify([a, b].map(withoutError));
  return [retyped(a, unified[0]!), retyped(b, unified[1]!)];
}

/** The branch as the common type has it, with its errors kept. */
function retyped(original: Value, converted: Value): Value {
  return mayFail(original) ? union([converted, ERROR]) : converted;
}
