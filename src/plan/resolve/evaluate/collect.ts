import { equal } from "./primitive";
import { isKnown } from "./unknown-in";
import { compareText, sortedKeys } from "./order";
import { ERROR, inAnyOrder, type List, list, type Some, type Value } from "./value";

/** What a collection is made of, for functions that go through it: its elements in order, or those it may have. */
export type Elements =
  | { readonly known: true; readonly items: readonly Value[] }
  | (Pick<Some, "element" | "min" | "all"> & { readonly known: false });

/** A list or set (a map's values count too where `maps`), or undefined for what is no collection. */
export function elements(value: Value, maps = false): Elements | undefined {
  switch (value.kind) {
    case "list":
      return { known: true, items: value.items };
    case "some":
      if (value.form === "map" && !maps) return undefined;
      return { known: false, element: value.element, min: value.min, all: value.all };
    case "map":
      return maps ? { known: true, items: [...value.entries.values()] } : undefined;
    default:
      return undefined;
  }
}

/** The elements in no certain order, each as often as it is there; undefined where these are not known. */
export function unorderedElements(value: Value): readonly Value[] | undefined {
  if (value.kind === "list") return value.items;
  return value.kind === "some" && value.all?.length === value.min ? value.all : undefined;
}

/** True for a collection without elements: nothing says whether its elements would be texts or numbers. */
export function hidesType(value: Value): boolean {
  const all = elements(value, true);
  return all !== undefined && (all.known ? all.items.length === 0 : all.element === undefined);
}

/** A set of these: sorted and without duplicates where the elements are known, else in an unknown order. */
export function setOf(items: readonly Value[]): List | Some | typeof ERROR {
  if (items.some((item) => item.kind === "error")) return ERROR;
  if (items.every((item) => item.kind === "string")) {
    const texts = [...new Set(items.map((item) => item.value))].sort(compareText);
    return list(
      texts.map((value): Value => ({ kind: "string", value })),
      "set",
    );
  }
  if (items.every((item) => item.kind === "number")) {
    const numbers = [...new Set(items.map((item) => item.value))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return list(
      numbers.map((value): Value => ({ kind: "number", value })),
      "set",
    );
  }
  const given = withoutCopies(items);
  return given.length < 2 ? list(given, "set") : inAnyOrder("set", given, countDistinct(given));
}

/** Without elements that are known to be the same as another one. */
function withoutCopies(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === undefined) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** The same for what is the same, and another one for anything else; undefined for what is not wholly known. */
function keyOf(value: Value): string | undefined {
  switch (value.kind) {
    case "string":
    case "number":
    case "bool":
      return JSON.stringify([value.kind, String(value.value)]);
    case "list": {
      const keys = value.items.map(keyOf);
      return keys.includes(undefined) ? undefined : JSON.stringify(keys);
    }
    case "map": {
      const keys = sortedKeys(value.entries).map((name) => [name, keyOf(value.entries.get(name)!)] as const);
      return keys.some(([, key]) => key === undefined) ? undefined : JSON.stringify(["map", ...keys]);
    }
    default:
      return value.kind === "null" ? "null" : undefined;
  }
}

/** Elements that are compared with each other. */
const MOST_COMPARED = 200;

/** The number of elements that surely differ from each other; ids of different objects of one type do. */
export function countDistinct(items: readonly Value[]): number {
  const given = withoutCopies(items);
  if (given.every(isKnown)) return given.length;
  if (given.length > MOST_COMPARED) return 1;
  const allDiffer = given.every((item, i) => given.slice(0, i).every((other) => differ(item, other)));
  return allDiffer ? given.length : Math.min(1, given.length);
}

function differ(a: Value, b: Value): boolean {
  if (a.kind === "ref" && b.kind === "ref")
    return a.attribute === "id" && b.attribute === "id" && a.type === b.type && a.address !== b.address;
  if (a.kind === "map" && b.kind === "map")
    return [...a.entries].some(([name, one]) => differ(one, b.entries.get(name) ?? ERROR));
  const same = equal(a, b);
  return same.kind === "bool" && !same.value;
}
