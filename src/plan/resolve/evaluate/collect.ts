import { compareText } from "./order";
import { ERROR, type List, type Some, type Value, list, some } from "./value";

/** What a collection is made of, for functions that go through it: its elements in order, or those it may have. */
export type Elements =
  | { readonly known: true; readonly items: readonly Value[] }
  | { readonly known: false; readonly element: Value | undefined; readonly min: number };

/** A list or set (a map's values count too where `maps`), or undefined for what is no collection. */
export function elements(value: Value, maps = false): Elements | undefined {
  switch (value.kind) {
    case "list":
      return { known: true, items: value.items };
    case "some":
      if (value.form === "map" && !maps) return undefined;
      return { known: false, element: value.element, min: value.min };
    case "map":
      return maps ? { known: true, items: [...value.entries.values()] } : undefined;
    default:
      return undefined;
  }
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
  if (items.length < 2) return list(items, "set");
  return some("set", items, countDistinct(items));
}

/** The number of elements that surely differ: ids of different objects of one type do. */
export function countDistinct(items: readonly Value[]): number {
  const ids = new Set<string>();
  for (const item of items) {
    if (item.kind !== "ref" || item.attribute !== "id") return Math.min(1, items.length);
    ids.add(`${item.type} ${item.address}`);
  }
  return new Set([...ids].map((id) => id.split(" ", 1)[0])).size === 1 ? ids.size : Math.min(1, items.length);
}
