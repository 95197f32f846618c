import { loose } from "./convert-type";
import { each } from "./primitive";
import { list, unknown, type Value } from "./value";

/** Without its type a variable's text may be a number, and its list a set. */
export function untyped(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "string":
        return /^(?:true|false|[\s+\-0-9.].*)?$/.test(one.value) && one.value !== ""
          ? unknown("is a variable whose type plan JSON does not tell", undefined, { type: "string" })
          : one;
      case "list":
        return list(one.items.map(untyped), "array");
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
