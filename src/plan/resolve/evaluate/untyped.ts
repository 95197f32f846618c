import { setOf } from "./collect";
import { loose } from "./unify";
import { each, toBool, wholeNumber } from "./primitive";
import { bool, list, number, type Some, text, union, unknown, type Value } from "./value";

/** Without its type a variable's text may be a number, and its list a set. */
export function untyped(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "string":
        return alternatives(one.value);
      case "number":
      case "bool":
        return union([one, text(String(one.value))]);
      case "list": {
        const items = one.items.map(untyped);
        return union([list(items), setOf(items.map(loose))]);
      }
      case "some":
        return one.form === "map" ? loose(one) : union(LIST_OR_SET.map((form) => ofForm(one, form)));
      case "map": {
        // As an object it may lose attributes and gain optional ones.
        const attribute = (name: string): Value => {
          const item = one.entries.get(name);
          return item === undefined
            ? unknown("is a part of a variable whose type plan JSON does not tell")
            : untyped(item);
        };
        return { kind: "lazy", attribute, names: undefined };
      }
      default:
        return loose(one);
    }
  });
}

const LIST_OR_SET = ["list", "set"] as const;

/** Elements of a list may be one as a set. */
function ofForm(one: Some, form: "list" | "set"): Value {
  return {
    ...one,
    ...(one.element && { element: loose(one.element) }),
    form,
    min: Math.min(1, one.min),
    all: undefined,
  };
}

/** A primitive that is converted to a type that cannot be determined. */
export function ofAnyType(value: Value): Value {
  return each(value, (one) => {
    if (one.kind !== "string") return loose(one);
    const asBool = toBool(one);
    return union([alternatives(one.value), ...(asBool.kind === "bool" ? [asBool] : [])]);
  });
}

/** What a text may be, given a type that is not known. */
function alternatives(value: string): Value {
  if (value === "true" || value === "false") return union([text(value), bool(value === "true")]);
  const whole = wholeNumber(value);
  if (whole !== undefined) return union([text(value), number(whole)]);
  const isNumber = value !== "" && /^[\s+\-0-9.]/.test(value);
  return isNumber ? union([text(value), unknown("is a variable whose type plan JSON does not tell")]) : text(value);
}
