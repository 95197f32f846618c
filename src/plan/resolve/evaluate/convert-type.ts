import { compareText } from "./order";
import { setOf } from "./collect";
import { each, toBool, toNumber, toText } from "./primitive";
import { ERROR, NULL, type Value, list, map, some, unknown } from "./value";

/** A type constraint, as a variable declares it. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "any"
  | { readonly kind: "list" | "set" | "map"; readonly of: Type }
  | { readonly kind: "tuple"; readonly of: readonly Type[] }
  | { readonly kind: "object"; readonly of: ReadonlyMap<string, ObjectAttribute> };

export interface ObjectAttribute {
  readonly type: Type;
  readonly optional: boolean;
  /** Evaluated default of `optional(T, d)`. */
  readonly default: Value | undefined;
}

/** The value as a variable of this type has it. An error where Terraform refuses it. */
export function convert(value: Value, type: Type): Value {
  return each(value, (one) => {
    if (one.kind === "error" || one.kind === "null") return one;
    if (type === "any") return one;
    if (type === "string") return toText(one);
    if (type === "number") return toNumber(one);
    if (type === "bool") return toBool(one);
    if (one.kind === "unknown")
      return unknown(one.why, one.at, { hidden: one.hidden, ...(one.fix === undefined ? {} : { fix: one.fix }) });
    switch (type.kind) {
      case "list":
      case "set":
        return toSequence(one, type.kind, type.of);
      case "map":
        return toMap(one, type.of);
      case "tuple":
        if (one.kind !== "list" || one.items.length !== type.of.length)
          return one.kind === "some" ? strange(one) : ERROR;
        return checked(
          one.items.map((item, i) => convert(item, type.of[i]!)),
          (items) => list(items),
        );
      case "object":
        return toObject(one, type.of);
    }
  });
}

function toSequence(one: Value, form: "list" | "set", of: Type): Value {
  const elementType = of === "any" ? undefined : of;
  if (one.kind === "list") {
    const items = one.items.map((item) => (elementType === undefined ? item : convert(item, elementType)));
    const unified = elementType === undefined ? unify(items) : items;
    // A set that becomes a list keeps the order of the set, which is known for texts and numbers only.
    return checked(unified, (all) =>
      form === "set" ? setOf(all) : one.form === "set" || one.form === "array" ? ordered(all, one.form) : list(all),
    );
  }
  if (one.kind === "some" && one.form !== "map") {
    const element =
      one.element === undefined
        ? []
        : [elementType === undefined ? loose(one.element) : convert(one.element, elementType)];
    return some(form, element, form === "set" ? Math.min(1, one.min) : one.min);
  }
  return one.kind === "lazy" ? strange(one) : ERROR;
}

function ordered(items: readonly Value[], form: "set" | "array"): Value {
  if (form === "array") return list(items, "array");
  const set = setOf(items);
  return set.kind === "list" ? list(set.items) : set.kind === "some" ? { ...set, form: "list" } : set;
}

function toMap(one: Value, of: Type): Value {
  const elementType = of === "any" ? undefined : of;
  if (one.kind === "map") {
    const names = [...one.entries.keys()];
    const values = [...one.entries.values()].map((item) =>
      elementType === undefined ? item : convert(item, elementType),
    );
    const unified = elementType === undefined ? unify(values) : values;
    return checked(unified, (all) => map(names.map((name, i) => [name, all[i]!] as const)));
  }
  if (one.kind === "some" && one.form === "map") {
    const element =
      one.element === undefined
        ? []
        : [elementType === undefined ? loose(one.element) : convert(one.element, elementType)];
    return some("map", element, one.min);
  }
  return one.kind === "lazy" ? strange(one) : ERROR;
}

/** Attributes that the type does not name are dropped; those that are missing take their default. */
function toObject(one: Value, of: ReadonlyMap<string, ObjectAttribute>): Value {
  if (one.kind === "lazy") {
    const attribute = (name: string): Value => {
      const wanted = of.get(name);
      return wanted === undefined ? ERROR : filled(one.attribute(name), wanted);
    };
    return { kind: "lazy", attribute, names: [...of.keys()] };
  }
  if (one.kind !== "map") return one.kind === "some" ? strange(one) : ERROR;
  const entries = new Map<string, Value>();
  for (const [name, wanted] of [...of].sort(([a], [b]) => compareText(a, b))) {
    const given = one.entries.get(name);
    if (given === undefined && !wanted.optional) return ERROR;
    const value = filled(given ?? NULL, wanted);
    if (value.kind === "error") return ERROR;
    entries.set(name, value);
  }
  return { kind: "map", entries };
}

/** A default stands in for null as well. */
function filled(value: Value, { type, optional, default: fallback }: ObjectAttribute): Value {
  return each(convert(value, type), (one) => {
    if (one.kind !== "null" || !optional || fallback === undefined) {
      if (one.kind === "unknown" && optional && fallback !== undefined)
        return { kind: "union", options: [one, convert(fallback, type)] };
      return one;
    }
    return convert(fallback, type);
  });
}

/**
 * Elements of a collection get one type: beside a text, numbers and bools become texts. Where it cannot be told whether
 * they do, they are unknown.
 */
export function unify(items: readonly Value[]): readonly Value[] {
  const kinds = new Set<string>();
  for (const item of items) kindsOf(item, kinds);
  const certain = kinds.size <= 1 && !kinds.has("?");
  if (certain) return items;
  if (!kinds.has("?") && [...kinds].every((kind) => kind === "s" || kind === "n" || kind === "b") && kinds.has("s"))
    return items.map((item) => toText(item));
  return items.map(loose);
}

/** The same where the elements may as well keep their own types, as in a tuple or an object. */
export function unifyLoosely(items: readonly Value[]): readonly Value[] {
  const kinds = new Set<string>();
  for (const item of items) kindsOf(item, kinds);
  return kinds.size <= 1 && !kinds.has("?") ? items : items.map(loose);
}

/** What may have been converted to another type on the way is no longer known; texts stay texts. */
export function loose(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "number":
      case "bool":
        return unknown("may have been converted to another type");
      case "list":
        return list(one.items.map(loose), one.form);
      case "map":
        return map([...one.entries].map(([key, item]) => [key, loose(item)] as const));
      case "some":
        return one.element === undefined ? one : { ...one, element: loose(one.element) };
      case "unknown":
        return unknown(one.why, one.at, { hidden: one.hidden, ...(one.fix === undefined ? {} : { fix: one.fix }) });
      default:
        return one;
    }
  });
}

function kindsOf(value: Value, into: Set<string>): void {
  switch (value.kind) {
    case "string":
    case "ref":
      into.add("s");
      break;
    case "number":
      into.add("n");
      break;
    case "bool":
      into.add("b");
      break;
    case "null":
    case "error":
      break;
    case "union":
      for (const one of value.options) kindsOf(one, into);
      break;
    case "unknown":
      into.add(value.type === undefined ? "?" : value.type.slice(0, 1));
      break;
    case "list":
    case "some":
    case "map":
    case "lazy":
      // Collections inside: only those without numbers and bools are surely left as they are.
      into.add(hasOnlyTexts(value) ? "c" : "?");
      break;
  }
}

function hasOnlyTexts(value: Value): boolean {
  switch (value.kind) {
    case "string":
    case "ref":
    case "null":
    case "lazy":
      return true;
    case "list":
      return value.items.every(hasOnlyTexts);
    case "map":
      return [...value.entries.values()].every(hasOnlyTexts);
    case "some":
      return value.element === undefined || hasOnlyTexts(value.element);
    case "union":
      return value.options.every(hasOnlyTexts);
    default:
      return false;
  }
}

function checked(items: readonly Value[], make: (items: readonly Value[]) => Value): Value {
  return items.some((item) => item.kind === "error") ? ERROR : make(items);
}

function strange(one: Value): Value {
  return unknown(`is a ${one.kind === "lazy" ? "resource" : "collection"} that is converted to another type`);
}
