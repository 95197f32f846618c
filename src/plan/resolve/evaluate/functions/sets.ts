import { allTold, leastLength } from "../access";
import { elements, hidesType, setOf } from "../collect";
import { convert } from "../convert-type";
import { strict } from "../strict";
import { loose, unify, unifyLoosely } from "../unify";
import { haveOneStructure } from "../structure";
import { ERROR, type List, list, optionsOf, some, union, unknown, type Value } from "../value";
import type { Argument, Call } from "./function";
import { isSame } from "./lists";

const MOST = 100_000;

/** Functions of sets, and conversions between collections. */
export const SETS: Readonly<Record<string, Call>> = {
  tolist: ([of]) => convert(of!, { kind: "list", of: "any" }),
  toset: ([of]) => convert(of!, { kind: "set", of: "any" }),
  tomap: ([of]) => convert(of!, { kind: "map", of: "any" }),

  setunion: (args, at) => sets(args, at, (all) => ({ items: all.flat(), exact: true })),
  setintersection: (args, at) =>
    sets(args, at, ([first, ...rest]) => ({
      items: first!.filter((item) => rest.every((other) => other.some((one) => isSame(one, item)))),
      exact: allTold([first!, ...rest].flat()),
      from: first!,
    })),
  setsubtract: (args, at) =>
    sets(args, at, ([first, second]) => ({
      items: first!.filter((item) => !second!.some((one) => isSame(one, item))),
      exact: allTold([...first!, ...second!]),
      from: first!,
    })),

  setproduct: (args, at) => {
    const all = args.map((arg) => elements(arg));
    if (!all.every((one) => one?.known === true)) return unknown("combines what is known only after apply", at);
    const parts = all.map((one) => strict(unify(one!.items), list));
    return strict(parts, (given) => {
      let found: Value[][] = [[]];
      for (const one of given) {
        found = found.flatMap((row) => (one as List).items.map((item) => [...row, item]));
        if (found.length > MOST) return unknown(`combines more than ${String(MOST)} elements`, at, { limit: true });
      }
      const rows = found.map((row) => list(row));
      return args.every((arg) => arg.kind === "list" && arg.form !== "set") ? list(rows) : some("set", rows);
    });
  },
};

const PRIMITIVES: ReadonlySet<Value["kind"]> = new Set(["string", "number", "bool", "ref"]);

function isOfPrimitives(items: readonly Value[]): boolean {
  return items.flatMap(optionsOf).every(({ kind }) => PRIMITIVES.has(kind));
}

interface SetResult {
  readonly items: readonly Value[];
  /** The elements are surely these; else any of `from` may be left. */
  readonly exact: boolean;
  readonly from?: readonly Value[];
}

function sets(
  args: readonly Argument[],
  at: Parameters<Call>[1],
  make: (all: (readonly Value[])[]) => SetResult,
): Value {
  const all: (readonly Value[])[] = [];
  let known = true;
  for (const arg of args) {
    const one = elements(arg);
    if (one === undefined) return arg.kind === "unknown" ? arg : unknown("is given no set", at);
    const items = one.known ? one.items : one.all;
    if (items === undefined) known = false;
    all.push(items ?? (one.known || one.element === undefined ? [] : [one.element]));
  }
  const unified = [...(args.some(hidesType) ? all.flat().map(loose) : unifyLoosely(all.flat()))];
  const parts = all.map((part) => unified.splice(0, part.length));
  const { items, exact, from } = make(parts);
  const made =
    known && exact
      ? setOf(items)
      : from === undefined
        ? some("set", items, Math.max(0, ...args.map((arg) => Math.min(1, leastLength(arg)))))
        : some("set", from);
  // Elements that have no type in common are refused.
  return haveOneStructure(parts.flat()) || isOfPrimitives(parts.flat()) ? made : union([made, ERROR]);
}
