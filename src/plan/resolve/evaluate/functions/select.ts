import { elementsOf, indexOf } from "../access";
import { elements } from "../collect";
import { loose, unify } from "../unify";
import { mayFail, strict } from "../strict";
import { ofAnyType } from "../untyped";
import { sortedKeys } from "../order";
import { each, toNumber, toText } from "../primitive";
import {
  ERROR,
  isSurelyGiven,
  list,
  map,
  NULL,
  optionsOf,
  some,
  text,
  union,
  unionOf,
  unknown,
  type Value,
} from "../value";
import type { Argument, Call } from "./function";

/** Functions that select from their arguments and make no new value. */
export const SELECTING: Readonly<Record<string, Call>> = {
  one: ([of], at) => {
    const all = elements(of!);
    if (of!.kind === "null") return ERROR;
    if (all === undefined) return of!.kind === "unknown" ? of! : unknown("is given no list", at);
    if (all.known) return all.items.length === 0 ? NULL : all.items.length === 1 ? all.items[0]! : ERROR;
    return union([...(all.element === undefined ? [] : [all.element]), ...(all.min === 0 ? [NULL] : []), ERROR]);
  },

  element: ([of, index], at) => {
    const all = elements(of!);
    if (all === undefined) return of!.kind === "unknown" ? of! : unknown("is given no list", at);
    if (of!.kind === "list" && of!.form === "set") return ERROR;
    if (!all.known) return all.element === undefined ? ERROR : union([all.element, ERROR]);
    if (all.items.length === 0) return ERROR;
    return each(toNumber(index!), (at_) => {
      if (at_.kind !== "number") return unionOf(of!, () => [...all.items, ERROR]);
      const size = BigInt(all.items.length);
      // A negative index counts from the end in newer versions and is an error in older ones.
      if (at_.value < 0n) return union([all.items[Number(((at_.value % size) + size) % size)]!, ERROR]);
      return all.items[Number(at_.value % size)]!;
    });
  },

  // The first that is neither null nor an empty text.
  coalesce: (args) => {
    const unified = unify(args);
    const fails = unified.some(mayFail);
    const found: Value[] = fails ? [ERROR] : [];
    for (const arg of unified) {
      // Terraform passes over a collection that cannot be converted to the type of the others.
      let goesOn = fails && optionsOf(arg).some(isCollection);
      for (const one of optionsOf(arg)) {
        if (one.kind === "error") continue;
        if (one.kind === "null" || (one.kind === "string" && one.value === "")) goesOn = true;
        else {
          found.push(one);
          const given = one.kind === "ref" ? isSurelyGiven(one) : one.kind !== "unknown";
          if (!given) goesOn = true;
        }
      }
      if (!goesOn) return union(found);
    }
    return union([...found, ERROR]);
  },

  coalescelist: (args, at) => {
    // Of sets next to lists it is refused.
    const found: Value[] = args.some((arg) => "form" in arg && arg.form !== "list") ? [ERROR] : [];
    for (const arg of args) {
      const all = elements(arg);
      if (arg.kind === "null" && arg.type === undefined) {
        // One that is a list is passed over, and any other refused.
        found.push(ERROR);
        continue;
      }
      if (all === undefined) return arg.kind === "null" ? ERROR : unknown("is given no list", at);
      if (all.known ? all.items.length > 0 : true) found.push(arg);
      if (all.known ? all.items.length > 0 : all.min > 0) return union(found);
    }
    return union([...found, ERROR]);
  },

  lookup: (args, at) => {
    const [of, key, fallback] = args;
    if (of!.kind === "map") {
      return each(toText(key!), (name) => {
        const known = name.kind === "string" ? name.value : name.kind === "ref" ? name.known() : undefined;
        if (name.kind === "null") return ERROR;
        const other = fallback === undefined ? ERROR : defaultOf(of!, fallback);
        if (known === undefined) return union([...of!.entries.values(), other]);
        const found = of!.entries.get(known);
        if (found === undefined) return other;
        // A default of another type is refused also where it is not taken.
        return fallback !== undefined && mayFail(other) ? union([found, ERROR]) : found;
      });
    }
    if (of!.kind === "some" && of!.form === "map")
      return union([
        ...(of!.element === undefined ? [] : [of!.element]),
        fallback === undefined ? ERROR : defaultOf(of!, fallback),
      ]);
    if (of!.kind === "lazy") {
      const found = indexOf(of!, key!, at);
      return fallback === undefined ? found : union([found, fallback]);
    }
    return of!.kind === "unknown" ? of! : ERROR;
  },

  // The last argument that has a key gives its value; null arguments are ignored.
  merge: (args, at) => {
    const entries = new Map<string, Value>();
    const others: Value[] = [];
    let certain = true;
    // Null that is a list is refused.
    const fails = args.some((arg) => arg.kind === "null" && arg.type === undefined);
    for (const arg of args) {
      if (arg.kind === "null") continue;
      if (arg.kind === "map") for (const [key, value] of arg.entries) entries.set(key, value);
      else if (arg.kind === "some" && arg.form === "map") {
        certain = false;
        if (arg.element !== undefined) others.push(arg.element);
      } else if (arg.kind === "unknown") return arg;
      else return unknown("merges what is no map with known keys", at);
    }
    const merged: Value = certain ? map(entries) : some("map", [...entries.values(), ...others].map(loose));
    return fails ? union([merged, ERROR]) : merged;
  },

  values: ([of], at) => {
    if (of!.kind === "map") return list(sortedKeys(of!.entries).map((key) => of!.entries.get(key)!));
    if (of!.kind === "some" && of!.form === "map") return { ...of!, form: "list" };
    const all = of!.kind === "lazy" ? elementsOf(of!) : undefined;
    if (all !== undefined) return some("list", all);
    return of!.kind === "unknown" ? of! : unknown("takes the values of what has no known keys", at);
  },

  keys: ([of], at) => {
    if (of!.kind === "map") return list(sortedKeys(of!.entries).map(text));
    return of!.kind === "unknown" ? of! : unknown("takes the keys of what has no known keys", at);
  },

  zipmap: ([names, values]) => {
    const keys = elements(names!);
    const all = elements(values!);
    if (keys === undefined || all === undefined)
      return names!.kind === "unknown" ? names! : values!.kind === "unknown" ? values! : ERROR;
    if (isSet(values!)) return ERROR;
    const element = all.known ? all.items : all.element === undefined ? [] : [all.element];
    if (!keys.known || !all.known) return union([some("map", element), ERROR]);
    if (keys.items.length !== all.items.length) return ERROR;
    return strict(keys.items.map(toText), (texts) => {
      if (texts.some((key) => key.kind === "null")) return ERROR;
      if (texts.every((key) => key.kind === "string"))
        return map(texts.map((key, i) => [key.value, all.items[i]!] as const));
      return texts.length === 0 ? map([]) : union([some("map", element, 1), ERROR]);
    });
  },

  matchkeys: ([values, keys, search]) => {
    const all = elements(values!);
    if (all === undefined) return values!.kind === "unknown" ? values! : ERROR;
    const [names, wanted] = [elements(keys!), elements(search!)];
    if (all.known && names?.known === true && wanted?.known === true) {
      if (names.items.length !== all.items.length) return ERROR;
      const keysOfEach = names.items.map(keyIn);
      const sought = new Set(wanted.items.map(keyIn));
      // Next to texts, numbers would become texts.
      const types = new Set([...keysOfEach, ...sought].map((one) => typeof one));
      if (!types.has("undefined") && types.size < 2)
        return strict(unify(all.items), (items) => list(items.filter((_, i) => sought.has(keysOfEach[i]))));
    }
    return strict(unify(all.known ? all.items : all.element === undefined ? [] : [all.element]), (items) =>
      union([some("list", items), ERROR]),
    );
  },

  nonsensitive: ([of]) => of!,
  sensitive: ([of]) => of!,

  // Ephemeral values become null when they are stored; nothing here is known to be one.
  ephemeralasnull: ([of]) => union([of!, NULL]),
};

/**
 * The default of a lookup. It is converted to the type of a map's elements, which may fail; with an object it keeps its
 * own type.
 */
function defaultOf(of: Argument, fallback: Argument): Value {
  const found = ofAnyType(fallback);
  if (fallback.kind === "null" && fallback.type === "any") return found;
  const inside = elementsOf(of) ?? [];
  const isText = (one: Value): boolean =>
    one.kind === "string" || one.kind === "ref" || (one.kind === "null" && one.type === "string");
  const converts = inside.length > 0 && [...inside, fallback].flatMap(optionsOf).every(isText);
  return converts ? found : union([found, ERROR]);
}

/** A known text or number. */
function keyIn(one: Value): string | bigint | undefined {
  return one.kind === "string" || one.kind === "number" ? one.value : undefined;
}

function isSet(one: Argument): boolean {
  return (one.kind === "list" || one.kind === "some") && one.form === "set";
}

function isCollection({ kind }: Value): boolean {
  return kind === "list" || kind === "map" || kind === "some" || kind === "lazy";
}
