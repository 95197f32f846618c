import type { Dice } from "../../../../tools/gate-trials/dice";
import { list, map, NULL, nullOf, type Value } from "../../../../src/plan/resolve/evaluate/value";

/** Values that do not show their type: null, and collections without elements. */
export const TYPED_VARIABLES = `variable "text" {
  type    = string
  default = null
}
variable "number" {
  type    = number
  default = null
}
variable "bool" {
  type    = bool
  default = null
}
variable "any" {
  default = null
}
variable "texts" {
  type    = list(string)
  default = []
}
variable "set" {
  type    = set(string)
  default = []
}
variable "map" {
  type    = map(string)
  default = {}
}
variable "settings" {
  type    = object({ text = optional(string), number = optional(number), texts = optional(list(string), []) })
  default = {}
}
`;

export const TYPED_VALUES: Readonly<Record<string, Value>> = {
  text: nullOf("string"),
  number: nullOf("number"),
  bool: nullOf("bool"),
  any: nullOf("any"),
  texts: list([]),
  set: list([], "set"),
  map: map([]),
  settings: map([
    ["text", nullOf("string")],
    ["number", NULL],
    ["texts", list([])],
  ]),
};

/** Makes expressions of numbers, bools and texts next to such values, which decide whether the others become texts. */
export class RandomTypes {
  public constructor(private readonly dice: Dice) {}

  /** A number, bool, text or null. */
  public value(depth: number): string {
    const { dice } = this;
    if (depth <= 0)
      return dice.pick(["5", "true", '"5"', '"true"', '"x"', "null", "var.text", "var.number", "var.bool", "var.any", "tostring(null)", "tonumber(null)", "var.settings.text", "var.settings.number"]); // prettier-ignore
    const v = (): string => this.value(depth - 1);
    const l = (): string => this.list(depth - 1);
    const m = (): string => this.map(depth - 1);
    return dice.pick([
      () => v(),
      () => `(${this.condition(depth - 1)} ? ${v()} : ${v()})`,
      () => `coalesce(${v()}, ${v()})`,
      () => `try(${v()}, ${v()})`,
      () => `try(${l()}[0], ${v()})`,
      () => `(${l()})[${dice.pick(["0", "1"])}]`,
      () => `element(${l()}, 0)`,
      () => `one(${l()})`,
      () => `lookup(${m()}, "${dice.pick(["k", "z"])}", ${v()})`,
      () => `(${m()})["k"]`,
      () => `[for x in ${l()} : x][0]`,
      () => `(${this.condition(depth - 1)} ? ${l()} : ${l()})[0]`,
      () => `(${this.condition(depth - 1)} ? ${m()} : ${m()})["k"]`,
      () => `try(${this.condition(depth - 1)}, ${v()})`,
      () => `(${this.condition(depth - 1)} ? [${v()}] : [${v()}])[0]`,
      () => `(${this.condition(depth - 1)} ? { k = ${v()}, m = ${v()} } : { k = ${v()}, m = ${v()} }).k`,
      () => `tolist([{ k = ${v()} }, { k = ${v()} }])[0].k`,
      () => `max(${v()}, 1)`,
    ])();
  }

  public condition(depth: number): string {
    const { dice } = this;
    if (depth <= 0) return dice.pick(["true", "false", "var.any == null", "length(var.texts) > 0"]);
    const v = (): string => this.value(depth - 1);
    return dice.pick([
      () => `${v()} == ${v()}`,
      () => `${v()} != ${v()}`,
      () => `${v()} == 5`,
      () => `${v()} == true`,
      () => `${v()} == null`,
      () => `contains(${this.list(depth - 1)}, ${v()})`,
      () => `length(${this.list(depth - 1)}) == 1`,
      () => `length(toset(${this.list(depth - 1)})) == 1`,
      () => `can(${v()})`,
      () => `${this.list(depth - 1)} == ${this.list(depth - 1)}`,
    ])();
  }

  private list(depth: number): string {
    const { dice } = this;
    const v = (): string => this.value(depth - 1);
    if (depth <= 0) return dice.pick(["[5]", "[true]", '["5", 5]', "[null, 5]", "[]", "var.texts", "tolist(var.set)", "var.settings.texts", "[tostring(null), 5]"]); // prettier-ignore
    const l = (): string => this.list(depth - 1);
    return dice.pick([
      () => l(),
      () => `[${v()}]`,
      () => `[${v()}, ${v()}]`,
      () => `tolist([${v()}, ${v()}])`,
      () => `tolist(${l()})`,
      () => `concat(${l()}, ${l()})`,
      () => `concat(tolist(${l()}), tolist(${l()}))`,
      () => `distinct(${l()})`,
      () => `reverse(${l()})`,
      () => `slice(${l()}, 0, 1)`,
      () => `chunklist(${l()}, 1)[0]`,
      () => `flatten([${l()}, ${l()}])`,
      () => `coalescelist(${l()}, ${l()})`,
      () => `tolist(setunion(${l()}, ${l()}))`,
      () => `tolist(setsubtract(${l()}, ${l()}))`,
      () => `tolist(setintersection(${l()}, ${l()}))`,
      () => `setproduct(${l()}, ["x"])[*][0]`,
      () => `matchkeys(${l()}, ["p", "q"], ["p"])`,
      () => `values(${this.map(depth - 1)})`,
      () => `(${this.condition(depth - 1)} ? ${l()} : ${l()})`,
      () => `[for x in ${l()} : x if x != null]`,
      () => `${v()}[*]`,
      () => `tolist([${l()}, ${l()}])[0]`,
      () => `try(${l()}, ${l()})`,
      () => `tolist(toset(${l()}))`,
    ])();
  }

  private map(depth: number): string {
    const { dice } = this;
    if (depth <= 0) return dice.pick(["{ k = 5 }", "{}", "var.map", "{ k = null, m = 5 }", "tomap({ k = 5 })"]);
    const v = (): string => this.value(depth - 1);
    const m = (): string => this.map(depth - 1);
    return dice.pick([
      () => m(),
      () => `{ k = ${v()} }`,
      () => `{ k = ${v()}, m = ${v()} }`,
      () => `tomap({ k = ${v()}, m = ${v()} })`,
      () => `tomap(${m()})`,
      () => `merge(${m()}, ${m()})`,
      () => `merge(tomap(${m()}), tomap(${m()}))`,
      () => `zipmap(["k", "m"], ${this.list(depth - 1)})`,
      () => `(${this.condition(depth - 1)} ? ${m()} : ${m()})`,
      () => `{ for k, x in ${m()} : k => x }`,
      () => `tolist([${m()}, ${m()}])[0]`,
      () => `jsondecode(jsonencode(${m()}))`,
    ])();
  }
}
