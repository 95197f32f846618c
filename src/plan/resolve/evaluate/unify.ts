import { each, toText } from "./primitive";
import { haveOneShape } from "./shape";
import { haveOneStructure } from "./structure";
import { ERROR, inAnyOrder, list, map, NULL, nullOf, some, text, union, unknownAs, type Value } from "./value";

/**
 * Elements of a collection get one type: next to a text, numbers and bools become texts. Where it cannot be determined whether
 * they do, both are possible. What may have no common type may fail.
 */
export function unify(items: readonly Value[]): readonly Value[] {
  if (items.length === 0 || haveOneShape(items)) return items;
  const kindsOfEach = items.map((item) => {
    const found = new Set<string>();
    kindsOf(item, found);
    return found;
  });
  const kinds = new Set(kindsOfEach.flatMap((one) => [...one]));
  if (haveSetsBesideLists(items)) return mayFailAll(items.map(loose).map(unordered));
  if (isOneType(kinds)) {
    const alike = items.map((item) => withoutKeywords(item, [...kinds][0]));
    return kinds.has("c") && !haveOneStructure(items) ? mayFailAll(alike) : alike;
  }
  if ([...kinds].every((kind) => PRIMITIVES.has(kind))) {
    // One that is certainly a text turns all of them into texts.
    if (kindsOfEach.some((one) => one.size === 1 && one.has("s"))) return items.map((item) => toText(item));
  }
  return items.length === 1 ? items.map(loose) : mayFailAll(items.map(loose));
}

function mayFailAll(items: readonly Value[]): readonly Value[] {
  return items.map((item) => union([item, ERROR]));
}

/** Texts, numbers, bools, and null of a type that cannot be determined: next to a text, all of them are texts. */
const PRIMITIVES = new Set(["s", "n", "b", "0"]);

function isOneType(kinds: ReadonlySet<string>): boolean {
  return kinds.size <= 1 && !kinds.has("?");
}

/** The keyword `null` gets the type of what is next to it. */
function withoutKeywords(value: Value, kind: string | undefined): Value {
  if (kind === undefined) return value;
  if (kind === "c") return loose(value);
  const nothing = NULLS.get(kind) ?? NULL;
  return each(value, (one) => (one.kind === "null" && one.type === "any" ? nothing : one));
}

/** Null of each primitive type, by its letter. */
const NULLS = new Map([
  ["s", nullOf("string")],
  ["n", nullOf("number")],
  ["b", nullOf("bool")],
]);

/** The same where the elements may as well keep their own types, as in a tuple or an object. */
export function unifyLoosely(items: readonly Value[]): readonly Value[] {
  if (items.length === 0 || haveOneShape(items)) return items;
  const kinds = new Set<string>();
  for (const item of items) kindsOf(item, kinds);
  if (haveSetsBesideLists(items)) return items.map(loose).map(unordered);
  return isOneType(kinds) && !kinds.has("0") ? items : items.map(loose);
}

/** What may have been converted to another type on the way: a number or bool, or the text of it. Texts stay texts. */
export function loose(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "number":
      case "bool":
        return union([one, text(String(one.value))]);
      case "null":
        return NULL;
      case "list": {
        const items = one.items.map(loose);
        if (items.every((item, i) => item === one.items[i])) return one;
        // Texts have another order in a set than numbers.
        return one.form === "set" && items.length > 1 ? some("set", items, 1) : list(items);
      }
      case "map": {
        const entries = [...one.entries].map(([key, item]) => [key, loose(item)] as const);
        return entries.every(([key, item]) => item === one.entries.get(key)) ? one : map(entries);
      }
      case "some": {
        const element = one.element === undefined ? undefined : loose(one.element);
        if (element === one.element) return one;
        return one.all === undefined
          ? { ...one, element }
          : inAnyOrder(one.form === "set" ? "set" : "list", one.all.map(loose), Math.min(1, one.min));
      }
      case "unknown":
        return one.type === undefined ? one : unknownAs(one);
      case "lazy":
        return one.schema === undefined ? { ...one, attribute: (name) => loose(one.attribute(name)) } : one;
      default:
        return one;
    }
  });
}

/** Sets next to lists: which of the two all of them become cannot be determined, and of a list that becomes a set the order is lost. */
function haveSetsBesideLists(items: readonly Value[]): boolean {
  const forms = items.map((item) => {
    const found = new Set<string>();
    formsOf(item, found);
    return found;
  });
  if (forms.filter(({ size }) => size > 0).length < 2) return false;
  const all = new Set(forms.flatMap((one) => [...one]));
  return all.has("set") && all.has("list");
}

function formsOf(value: Value, into: Set<string>): void {
  switch (value.kind) {
    case "list":
      into.add(value.form);
      return value.items.forEach((item) => formsOf(item, into));
    case "some":
      if (value.form !== "map") into.add(value.form);
      return value.element === undefined ? undefined : formsOf(value.element, into);
    case "map":
      return value.entries.forEach((item) => formsOf(item, into));
    case "union":
      return value.options.forEach((item) => formsOf(item, into));
    default:
  }
}

/** The value without the order of what is in its lists and sets. */
function unordered(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "list":
        return inAnyOrder("list", one.items.map(unordered), Math.min(1, one.items.length));
      case "some":
        return {
          ...one,
          ...(one.element && { element: unordered(one.element) }),
          min: Math.min(1, one.min),
          all: one.all?.map(unordered),
        };
      case "map":
        return map([...one.entries].map(([key, item]) => [key, unordered(item)] as const));
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
      if (value.type !== "any") into.add(value.type === undefined ? "0" : value.type.slice(0, 1));
      break;
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
      return true;
    case "lazy":
      return value.schema !== undefined;
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
