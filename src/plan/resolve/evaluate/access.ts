import type { Place } from "../../source/hcl/ast";
import { each, toNumber, toText } from "./primitive";
import { ERROR, type List, type Some, type Value, list, union, unionOf, unknown, unknownAs } from "./value";

/** `of.name` */
export function attributeOf(of: Value, name: string, at: Place): Value {
  return each(of, (one) => {
    switch (one.kind) {
      case "map":
        return one.entries.get(name) ?? ERROR;
      case "lazy":
        return one.attribute(name);
      case "some":
        return one.form === "map" ? picked(one) : ERROR;
      case "unknown":
        return part(one, at);
      case "ref":
        return ofRef(one, `.${name}`, at);
      default:
        return ERROR;
    }
  });
}

/** `of[key]`; a number takes an element, a text an attribute, and what converts is converted. */
export function indexOf(of: Value, key: Value, at: Place): Value {
  return each(of, (one) => {
    switch (one.kind) {
      case "list":
        if (one.form === "set") return ERROR;
        return each(toNumber(key), (index) => {
          if (index.kind === "number") return elementAt(one, index.value);
          return index.kind === "unknown" ? anyOf(one, one.items) : ERROR;
        });
      case "map":
        return each(toText(key), (name) => {
          if (name.kind === "string") return one.entries.get(name.value) ?? ERROR;
          const known = name.kind === "ref" ? name.known() : undefined;
          if (known !== undefined) return one.entries.get(known) ?? ERROR;
          return name.kind === "unknown" || name.kind === "ref" ? anyOf(one, [...one.entries.values()]) : ERROR;
        });
      case "some":
        if (one.form === "set") return ERROR;
        // Where there surely is a first element, taking it cannot fail.
        if (one.form === "list" && key.kind === "number" && key.value >= 0n && key.value < BigInt(one.min))
          return one.element ?? ERROR;
        return picked(one);
      case "lazy":
        return each(toText(key), (name) => {
          if (name.kind === "string") return one.attribute(name.value);
          if (name.kind === "unknown" || name.kind === "ref")
            return unknown("takes an attribute by a name known only after apply", at);
          return ERROR;
        });
      case "unknown":
        return part(one, at);
      case "ref":
        return ofRef(one, "[…]", at);
      default:
        return ERROR;
    }
  });
}

/** `of[*]` before its steps: the elements to go through. Null is no element, any single value is one. */
export function splatted(of: Value): Value {
  return each(of, (one) => {
    switch (one.kind) {
      case "list":
        return one.form === "list" ? one : list(one.items);
      case "some":
        return one.form === "set" ? { ...one, form: "list" } : one.form === "list" ? one : list([one]);
      case "null":
        // Null that is a list or set fails.
        return one.type === undefined ? union([list([]), ERROR]) : list([]);
      case "error":
        return one;
      case "unknown":
        // A list of what is in it, or a list of it.
        return { kind: "some", form: "list", element: unknownAs(one), min: 0, all: undefined };
      default:
        return list([one]);
    }
  });
}

/** An element taken by a position or key that cannot be determined. */
function anyOf(owner: object, values: readonly Value[]): Value {
  return values.length === 0 ? ERROR : unionOf(owner, () => [...values, ERROR]);
}

function picked(one: Some): Value {
  return one.element === undefined ? ERROR : unionOf(one, () => [one.element!, ERROR]);
}

function elementAt(one: List, index: bigint): Value {
  if (index < 0n || index >= BigInt(one.items.length)) return ERROR;
  return one.items[Number(index)]!;
}

/** A part of what is not known is not known either, and there may be none. */
function part(one: Extract<Value, { kind: "unknown" }>, at: Place): Value {
  return union([{ ...unknownAs(one), at: one.at ?? at }, ERROR]);
}

function ofRef(one: Extract<Value, { kind: "ref" }>, step: string, at: Place): Value {
  // An id is a text without parts; of other attributes the parts are known only after apply.
  if (one.attribute === "id") return ERROR;
  return union([
    unknown(`takes ${step} of ${one.address}.${one.attribute}, which is known only after apply`, at),
    ERROR,
  ]);
}

/** All elements a collection may have, with null for none that can be determined; used where order and number do not matter. */
export function elementsOf(one: Value): readonly Value[] | undefined {
  switch (one.kind) {
    case "list":
      return one.items;
    case "map":
      return [...one.entries.values()];
    case "some":
      return one.element === undefined ? [] : [one.element];
    case "lazy":
      return one.names?.map((name) => one.attribute(name));
    default:
      return undefined;
  }
}

/** The least number of elements. */
export function leastLength(one: Value): number {
  switch (one.kind) {
    case "list":
      return one.items.length;
    case "map":
      return one.entries.size;
    case "some":
      return one.min;
    default:
      return 0;
  }
}

/** True when elements are known texts, numbers or bools, so that sets of them have a known order and length. */
export function allTold(items: readonly Value[]): boolean {
  return items.every((item) => item.kind === "string" || item.kind === "number" || item.kind === "bool");
}
