import { compareText } from "./order";
import { setOf } from "./collect";
import { strict } from "./strict";
import { each, toBool, toNumber, toText } from "./primitive";
import { loose, unify } from "./unify";
import { ERROR, inAnyOrder, NULL, type Some, type Value, list, map, some, unknown, unknownAs } from "./value";

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
    if (one.kind === "error" || type === "any") return one;
    if (type === "string") return toText(one);
    if (type === "number") return toNumber(one);
    if (type === "bool") return toBool(one);
    if (one.kind === "unknown") return unknownAs(one);
    if (one.kind === "null") return NULL;
    switch (type.kind) {
      case "list":
      case "set":
        return toSequence(one, type.kind, type.of);
      case "map":
        return toMap(one, type.of);
      case "tuple":
        if (one.kind !== "list" || one.items.length !== type.of.length)
          return one.kind === "some" ? strange(one) : ERROR;
        return strict(
          one.items.map((item, i) => convert(item, type.of[i]!)),
          (items) => list(items),
        );
      case "object":
        return toObject(one, type.of);
    }
  });
}

function toSequence(one: Value, form: "list" | "set", of: Type): Value {
  if (one.kind === "list") {
    // A set that becomes a list keeps the order that it has as a set, whatever becomes of its elements.
    const items = one.items.map((item) => convert(item, of));
    const unified = leavesOpen(of) ? unify(items) : items;
    return strict(unified, (all) => (form === "set" ? setOf(all) : list(all)));
  }
  if (one.kind === "some" && one.all !== undefined) {
    const items = one.all.map((item) => convert(item, of));
    return strict(leavesOpen(of) ? unify(items) : items, (all) =>
      form === "set" ? setOf(all) : inAnyOrder("list", all, one.min),
    );
  }
  if (one.kind === "some" && one.form !== "map") {
    return some(form, elementOf(one, of), form === "set" ? Math.min(1, one.min) : one.min);
  }
  return one.kind === "lazy" ? strange(one) : ERROR;
}

function toMap(one: Value, of: Type): Value {
  if (one.kind === "map") {
    const names = [...one.entries.keys()];
    const values = [...one.entries.values()].map((item) => convert(item, of));
    const unified = leavesOpen(of) ? unify(values) : values;
    return strict(unified, (all) => map(names.map((name, i) => [name, all[i]!] as const)));
  }
  if (one.kind === "some" && one.form === "map") return some("map", elementOf(one, of), one.min);
  return one.kind === "lazy" ? strange(one) : ERROR;
}

function elementOf(one: Some, of: Type): readonly Value[] {
  if (one.element === undefined) return [];
  const element = convert(one.element, of);
  return [leavesOpen(of) ? loose(element) : element];
}

/** True where all elements together decide on a part of their type: then one may change what another becomes. */
function leavesOpen(type: Type): boolean {
  if (typeof type === "string") return type === "any";
  if (type.kind === "tuple") return type.of.some(leavesOpen);
  return type.kind === "object" ? [...type.of.values()].some((one) => leavesOpen(one.type)) : leavesOpen(type.of);
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
  const wanted = [...of].sort(([a], [b]) => compareText(a, b));
  if (wanted.some(([name, { optional }]) => !optional && !one.entries.has(name))) return ERROR;
  return strict(
    wanted.map(([name, attribute]) => filled(one.entries.get(name) ?? NULL, attribute)),
    (all) => map(wanted.map(([name], i) => [name, all[i]!] as const)),
  );
}

/** A default replaces null as well. */
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

function strange(one: Value): Value {
  return unknown(`is a ${one.kind === "lazy" ? "resource" : "collection"} that is converted to another type`);
}
