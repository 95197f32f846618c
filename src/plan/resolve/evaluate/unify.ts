import { each, toText } from "./primitive";
import { list, map, some, unknown, unknownAs, type Value } from "./value";

/**
 * Elements of a collection get one type: next to a text, numbers and bools become texts. Where it cannot be told whether
 * they do, they are unknown.
 */
export function unify(items: readonly Value[]): readonly Value[] {
  const kinds = new Set<string>();
  for (const item of items) kindsOf(item, kinds);
  if (haveSetsBesideLists(items)) return items.map(loose).map(unordered);
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
  if (haveSetsBesideLists(items)) return items.map(loose).map(unordered);
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
        return unknownAs(one);
      default:
        return one;
    }
  });
}

/** Sets next to lists: which of the two all of them become cannot be told, and of a list that becomes a set the order is lost. */
function haveSetsBesideLists(items: readonly Value[]): boolean {
  const forms = items.map((item) => {
    const found = new Set<string>();
    formsOf(item, found);
    return found;
  });
  const all = new Set(forms.flatMap((one) => [...one]));
  // An array of a resource may be either.
  if (all.has("array")) return forms.filter((one) => one.size > 0).length > 1;
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
        return some("list", one.items.map(unordered), Math.min(1, one.items.length));
      case "some":
        return { ...one, ...(one.element && { element: unordered(one.element) }), min: Math.min(1, one.min) };
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
