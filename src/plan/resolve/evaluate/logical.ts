import type { Place } from "../../source/hcl/ast";
import { toBool, truth } from "./primitive";
import { mayFail } from "./strict";
import { bool, ERROR, union, unknown, type Value } from "./value";

/** `a && b` and `a || b`. A result that follows from one side alone does not depend on the other. */
export function logical(operator: "&&" | "||", a: Value, b: Value, at: Place): Value {
  const decides = operator === "||";
  const [left, right] = [toBool(a), toBool(b)];
  const isDecided = (one: Value): boolean => one.kind === "bool" && one.value === decides;
  const fails = (one: Value): boolean => one.kind === "null" || mayFail(one);
  if (isDecided(left) || isDecided(right)) {
    // Newer versions do not look at the other side; in older ones it may fail.
    return fails(left) || fails(right) ? union([bool(decides), ERROR]) : bool(decides);
  }
  if (left.kind === "error") return ERROR;
  // Older versions fail. Newer ones take null for false in `&&`, and leave the right side where the left one decides.
  if (left.kind === "null" || right.kind === "null" || right.kind === "error") return union([bool(decides), ERROR]);
  const [l, r] = [truth(left), truth(right)];
  const surely = (one: typeof l): boolean => (decides ? !one.mayBeFalse : !one.mayBeTrue) && !one.mayFail;
  const never = (one: typeof l): boolean => (decides ? !one.mayBeTrue : !one.mayBeFalse) && !one.mayFail;
  if (surely(l) || surely(r)) return bool(decides);
  if (never(l) && never(r)) return bool(!decides);
  const open = unknown("is a condition that is known only after apply", at, { type: "bool" });
  return mayFail(left) || mayFail(right) ? union([open, ERROR]) : open;
}
