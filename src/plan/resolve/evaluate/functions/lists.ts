import { allTold } from "../access";
import { countDistinct, elements, hidesType, unorderedElements } from "../collect";
import { loose, unify, unifyLoosely } from "../unify";
import { compareText, sortedKeys } from "../order";
import { equal, toNumber, toText } from "../primitive";
import { mayFail, strict, withoutError } from "../strict";
import {
  bool,
  EMPTY_LIST,
  ERROR,
  FALSE,
  inAnyOrder,
  isSurelyGiven,
  list,
  map,
  number,
  optionsOf,
  some,
  text,
  union,
  unknown,
  type Value,
} from "../value";
import type { Argument, Call } from "./function";

/** Functions that arrange, count or combine what is in lists and sets. */
export const LISTS: Readonly<Record<string, Call>> = {
  concat: (args, at) => {
    const items: Value[] = [];
    let [certain, ordered, min] = [true, true, 0];
    for (const arg of args) {
      const all = elements(arg);
      if (all === undefined)
        return arg.kind === "unknown" ? arg : arg.kind === "null" ? ERROR : unknown("is given no list", at);
      if (all.known) items.push(...all.items);
      else if (all.all !== undefined) {
        ordered = false;
        items.push(...all.all);
      } else {
        certain = false;
        if (all.element !== undefined) items.push(all.element);
      }
      min += all.known ? all.items.length : all.min;
    }
    const unified = args.some(hidesType) ? items.map(loose) : unifyLoosely(items);
    const joined = !certain ? some("list", unified, min) : ordered ? list(unified) : inAnyOrder("list", unified, min);
    const forms = args.map((arg) => ("form" in arg ? arg.form : "list"));
    return forms.includes("set") ? ERROR : joined;
  },

  compact: ([of]) =>
    overTexts(of!, (items) => {
      const kept: Value[] = [];
      if (items.some((item) => mayFail(toText(item)))) return union([some("list", items), ERROR]);
      for (const item of items) {
        const options = optionsOf(toText(item));
        const given = options.filter((one) => !(one.kind === "null" || (one.kind === "string" && one.value === "")));
        const sure = given.every((one) => one.kind === "string" || (one.kind === "ref" && one.attribute === "id"));
        if (given.length === 0) continue;
        if (given.length < options.length || !sure)
          return some(
            "list",
            items.flatMap((one) => optionsOf(toText(one)).filter(isGiven)),
          );
        kept.push(union(given));
      }
      return list(kept);
    }),

  flatten: ([of], at) => {
    const all = elements(of!);
    if (all === undefined) return of!.kind === "unknown" ? of! : ERROR;
    const given = all.known ? all.items : all.all;
    if (given === undefined) return flattenSome(all.known ? undefined : all.element, at);
    const found: Value[] = [];
    let certain = true;
    let ordered = all.known;
    const add = (item: Value): void => {
      const options = optionsOf(item);
      // Whichever alternative it turns out to be, it is one element.
      if (!options.some(isSpread)) {
        found.push(item);
        return;
      }
      if (options.length > 1) certain = false;
      for (const one of options) {
        const inner = isSpread(one) ? elements(one) : undefined;
        if (inner?.known === true) inner.items.forEach(add);
        else if (inner?.all !== undefined) {
          ordered = false;
          inner.all.forEach(add);
        } else {
          certain = false;
          if (inner === undefined) found.push(one);
          else if (inner.element !== undefined) add(inner.element);
        }
      }
    };
    given.forEach(add);
    if (!certain) return some("list", found);
    return ordered ? list(found) : inAnyOrder("list", found, isCounted(of!) ? found.length : Math.min(1, found.length));
  },

  distinct: ([of]) =>
    overList(of!, (given) =>
      strict(unify(given), (items) => {
        if (allTold(items)) return list(unique(items));
        if (countDistinct(items) === items.length) return list(items);
        return some("list", items, Math.min(1, items.length));
      }),
    ),

  reverse: ([of]) => overList(of!, (items) => list([...items].reverse())),

  sort: ([of]) =>
    overTexts(inOrder(of!), (items) =>
      strict(items.map(toText), (texts) => {
        if (texts.every((item) => item.kind === "string"))
          return list([...texts].sort((a, b) => compareText(a.value, b.value)));
        const sorted = texts.length < 2 ? list(texts) : some("list", texts, texts.length);
        // Terraform does not sort null among other values.
        return texts.flatMap(optionsOf).every(isSurelyText) ? sorted : union([sorted, ERROR]);
      }),
    ),

  slice: ([of, from, to], at) => {
    const all = elements(of!);
    if (all === undefined) return of!.kind === "unknown" ? of! : ERROR;
    const [start, end] = [toNumber(from!), toNumber(to!)];
    if (!all.known || start.kind !== "number" || end.kind !== "number") {
      const items = all.known ? all.items : all.element === undefined ? [] : [all.element];
      return union([some("list", items), ERROR]);
    }
    const size = BigInt(all.items.length);
    if (start.value < 0n || end.value > size || start.value > end.value) return ERROR;
    if (of!.kind === "list" && of!.form === "set") return unknown("takes a slice of a set", at);
    return list(all.items.slice(Number(start.value), Number(end.value)));
  },

  chunklist: ([of, by]) => {
    const all = elements(of!);
    const size = toNumber(by!);
    if (all === undefined) return of!.kind === "unknown" ? of! : ERROR;
    return strict(unify(all.known ? all.items : all.element === undefined ? [] : [all.element]), (items) => {
      if (!all.known || size.kind !== "number" || size.value <= 0n)
        return union([some("list", [some("list", items)]), ERROR]);
      const step = Number(size.value);
      const chunks: Value[] = [];
      for (let i = 0; i < items.length; i += step) chunks.push(list(items.slice(i, i + step)));
      return list(chunks);
    });
  },

  range: (args, at) => {
    const numbers = args.map((arg) => toNumber(arg));
    if (!numbers.every((one) => one.kind === "number")) return unknown("is a range that is known only after apply", at);
    const values = numbers.map((one) => one.value);
    const [start, limit] = values.length === 1 ? [0n, values[0]!] : [values[0]!, values[1]!];
    const step = values[2] ?? (limit < start ? -1n : 1n);
    if (step === 0n || (step > 0n && limit < start && values.length === 3) || (step < 0n && limit > start))
      return ERROR;
    const items: Value[] = [];
    for (let i = start; step > 0n ? i < limit : i > limit; i += step) {
      if (items.length >= 1024) return ERROR;
      items.push(number(i));
    }
    return list(items);
  },

  length: ([of], at) => {
    if (of!.kind === "list") return number(BigInt(of!.items.length));
    if (of!.kind === "some" && of!.all?.length === of!.min) return number(BigInt(of!.min));
    if (of!.kind === "map") return number(BigInt(of!.entries.size));
    // Of other texts the user sees fewer characters than there are code points; Terraform counts what the user sees.
    if (of!.kind === "string" && /^[\x20-\x7e]*$/.test(of!.value)) return number(BigInt(of!.value.length));
    if (of!.kind === "null") return ERROR;
    return unknown("counts what is known only after apply", at, { type: "number" });
  },

  contains: ([of, value], at) => {
    const all = elements(of!);
    if (value!.kind === "null") return ERROR;
    if (all === undefined) return of!.kind === "unknown" ? unknown(of!.why, of!.at, { type: "bool" }) : ERROR;
    const items = all.known ? all.items : all.element === undefined ? [] : all.all;
    if (items === undefined) return unknown("looks in a list that is known only after apply", at, { type: "bool" });
    const results = items.map((item) => equal(item, value!));
    if (results.some((one) => one.kind === "bool" && one.value)) return bool(true);
    return results.every((one) => one.kind === "bool")
      ? FALSE
      : unknown("looks for what is known only after apply", at, { type: "bool" });
  },

  index: ([of, value], at) => {
    const all = elements(of!);
    if ("form" in of! && of.form === "set") return ERROR;
    if (all?.known !== true || !allTold(all.items) || !allTold([value!]))
      return unknown("looks for what is known only after apply", at, { type: "number" });
    const found = all.items.findIndex((item) => {
      const same = equal(item, value!);
      return same.kind === "bool" && same.value;
    });
    return found < 0 ? ERROR : number(BigInt(found));
  },

  transpose: ([of], at) => {
    if (of!.kind !== "map") return of!.kind === "unknown" ? of! : unknown("transposes what has no known keys", at);
    const found = new Map<string, string[]>();
    for (const key of sortedKeys(of!.entries)) {
      const all = elements(of!.entries.get(key)!);
      if (all?.known !== true || !all.items.every((item) => item.kind === "string"))
        return unknown("transposes what is known only after apply", at);
      for (const { value } of all.items) found.set(value, [...(found.get(value) ?? []), key]);
    }
    return map([...found].map(([name, keys]) => [name, list(keys.sort(compareText).map(text))] as const));
  },

  alltrue: ([of], at) => fold(of!, at, true),
  anytrue: ([of], at) => fold(of!, at, false),
};

/** True where no elements turn out to be the same one, inside of it neither. */
function isCounted(one: Value): boolean {
  if (one.kind === "list") return one.items.every(isCounted);
  return one.kind !== "some" || (unorderedElements(one)?.every(isCounted) ?? false);
}

/** What flatten takes the elements of, or may: what is not known may be a list. */
function isSpread(one: Value): boolean {
  if (one.kind === "unknown") return one.type === undefined;
  return one.kind === "list" || (one.kind === "some" && one.form !== "map");
}

function isSurelyText(one: Value): boolean {
  return one.kind === "string" || (one.kind === "ref" && isSurelyGiven(one));
}

function isGiven(one: Value): boolean {
  return !(one.kind === "null" || (one.kind === "string" && one.value === ""));
}

function overList(of: Argument, change: (items: readonly Value[]) => Value): Value {
  const all = elements(of);
  if (all === undefined) return of.kind === "unknown" ? of : ERROR;
  if (all.known) return change(all.items);
  return some("list", all.element === undefined ? [] : [all.element]);
}

/** For functions to which the order does not matter: the elements in some order. */
function inOrder(of: Argument): Argument {
  const all = unorderedElements(of);
  return all === undefined ? of : list(all);
}

/** The same for a list whose elements become texts. */
function overTexts(of: Argument, change: (items: readonly Value[]) => Value): Value {
  const all = elements(of);
  if (all?.known !== false || all.element === undefined) return overList(of, change);
  const texts = withoutError(toText(all.element));
  return union([some("list", texts.kind === "error" ? [] : [texts]), ERROR]);
}

function flattenSome(element: Value | undefined, at: Parameters<Call>[1]): Value {
  if (element === undefined) return EMPTY_LIST;
  const found: Value[] = [];
  for (const one of optionsOf(element)) {
    if (one.kind === "list" || (one.kind === "some" && one.form !== "map")) {
      const inner = LISTS.flatten!([one], at);
      const all = inner.kind === "union" ? undefined : elements(inner);
      if (all === undefined) return unknown("flattens what is known only after apply", at);
      found.push(...(all.known ? all.items : all.element === undefined ? [] : [all.element]));
    } else found.push(one);
  }
  return some("list", found);
}

export function isSame(a: Value, b: Value): boolean {
  const same = equal(a, b);
  return same.kind === "bool" && same.value;
}

function unique(items: readonly Value[]): Value[] {
  return items.filter((item, i) => items.findIndex((one) => isSame(one, item)) === i);
}

function fold(of: Argument, at: Parameters<Call>[1], all: boolean): Value {
  const found = elements(of);
  const items = found?.known === true ? found.items : found?.all;
  if (items === undefined || !items.every((item) => item.kind === "bool"))
    return unknown("depends on what is known only after apply", at, { type: "bool" });
  const truths = (items as readonly { readonly value: boolean }[]).map((item) => item.value);
  return bool(all ? truths.every(Boolean) : truths.some(Boolean));
}
