import type { Dice } from "../../../../tools/gate-trials/dice";

/**
 * Makes expressions of three variables with ids (`var.a` to `var.c`) and a condition (`var.u`). An evaluator of them
 * need not know the variables; a run gives values.
 */
export class RandomExpressions {
  public constructor(private readonly dice: Dice) {}

  public text(depth = 3): string {
    const { dice } = this;
    if (depth <= 0) return dice.pick(["var.a", "var.b", "var.c", "var.a", '"x"', '""', '"lb-z"', "null"]);
    const t = (): string => this.text(depth - 1);
    const l = (): string => this.list(depth - 1);
    const m = (): string => this.map(depth - 1);
    const b = (): string => this.bool(depth - 1);
    const key = (): string => dice.pick(['"k"', '"m"', "var.a", '"x"']);
    const index = (): string => dice.pick(["0", "1", '"0"', "var.u ? 0 : 1"]);
    return dice.pick([
      () => t(),
      () => `(${b()} ? ${t()} : ${t()})`,
      () => `coalesce(${t()}, ${t()})`,
      () => `try(${t()}, ${t()})`,
      () => `try(${l()}[${index()}], ${t()})`,
      () => `element(${l()}, ${index()})`,
      () => `(${l()})[${index()}]`,
      () => `one(${l()})`,
      () => `lookup(${m()}, ${key()}, ${t()})`,
      () => `(${m()})[${key()}]`,
      () => `(${m()}).k`,
      () => `"\${${t()}}"`,
      () => `"\${${t()}}\${${t()}}"`,
      () => `upper(${t()})`,
      () => `join("", ${l()})`,
      () => `nonsensitive(${t()})`,
      () => `[for x in ${l()} : x][0]`,
      () => `([{ id = ${t()} }, { id = ${t()} }][*].id)[${index()}]`,
      () => `{ for x in ${l()} : x => ${t()}... }[${key()}][0]`,
      () => `replace(${t()}, "lb", "${dice.pick(["lb", "xx"])}")`,
    ])();
  }

  private list(depth: number): string {
    const { dice } = this;
    const t = (): string => this.text(depth - 1);
    if (depth <= 0) return `[${Array.from({ length: dice.below(3) + 1 }, () => this.text(0)).join(", ")}]`;
    const l = (): string => this.list(depth - 1);
    const m = (): string => this.map(depth - 1);
    const b = (): string => this.bool(depth - 1);
    return dice.pick([
      () => `[${t()}, ${t()}]`,
      () => `[${t()}]`,
      () => "[]",
      () => `concat(${l()}, ${l()})`,
      () => `compact(${l()})`,
      () => `reverse(${l()})`,
      () => `flatten([${l()}, ${l()}])`,
      () => `slice(${l()}, 0, 1)`,
      () => `sort(${l()})`,
      () => `distinct(${l()})`,
      () => `values(${m()})`,
      () => `keys(${m()})`,
      () => `tolist(toset(${l()}))`,
      () => `tolist(setsubtract(${l()}, ${l()}))`,
      () => `tolist(setunion(${l()}, ${l()}))`,
      () => `tolist(setintersection(${l()}, ${l()}))`,
      () => `[for x in ${l()} : x if ${dice.pick(['x != ""', 'x == "x"', "var.u", "x != null"])}]`,
      () => `[for k, v in ${m()} : ${dice.pick(["v", "k"])}]`,
      () => `[for i, v in ${l()} : v if i == ${dice.pick(["0", "1"])}]`,
      () => `(${b()} ? ${l()} : ${l()})`,
      () => `try(${l()}, ${l()})`,
      () => `coalescelist(${l()}, ${l()})`,
      () => `chunklist(${l()}, 1)[0]`,
      () => `matchkeys(${l()}, ${l()}, ["x"])`,
      () => `split("-", ${t()})`,
      () => `${t()}[*]`,
      () => `tolist(${b()} ? ${l()} : toset(${l()}))`,
      () => `[for x in (${b()} ? ${l()} : toset(${l()})) : x]`,
      () => `tolist([${l()}, toset(${l()})])[0]`,
    ])();
  }

  private map(depth: number): string {
    const { dice } = this;
    const t = (): string => this.text(depth - 1);
    if (depth <= 0) return `{ k = ${this.text(0)}, m = ${this.text(0)} }`;
    const l = (): string => this.list(depth - 1);
    const m = (): string => this.map(depth - 1);
    return dice.pick([
      () => `{ k = ${t()}, m = ${t()} }`,
      () => `{ k = ${t()} }`,
      () => `{ (${t()}) = ${t()}, k = ${t()} }`,
      () => `merge(${m()}, ${m()})`,
      () => `zipmap(["k", "m"], [${t()}, ${t()}])`,
      () => `zipmap(${l()}, ${l()})`,
      () => `{ for k, v in ${m()} : k => v if ${this.bool(depth - 1)} }`,
      () => `{ for k, v in ${m()} : (k == "k" ? "m" : "k") => v }`,
      () => `{ for x in ${l()} : x => ${t()} }`,
      () => `tomap(${m()})`,
      () => `try(${m()}, ${m()})`,
      () => `(${this.bool(depth - 1)} ? ${m()} : ${m()})`,
    ])();
  }

  private bool(depth: number): string {
    const { dice } = this;
    if (depth <= 0) return dice.pick(["var.u", "true", "false", '"true"']);
    const t = (): string => this.text(depth - 1);
    return dice.pick([
      () => "var.u",
      () => `${t()} == ${t()}`,
      () => `${t()} != ""`,
      () => `${t()} == null`,
      () => `contains(${this.list(depth - 1)}, ${t()})`,
      () => `length(${this.list(depth - 1)}) > 1`,
      () => `!(${this.bool(depth - 1)})`,
      () => `(${this.bool(depth - 1)} && ${this.bool(depth - 1)})`,
      () => `(${this.bool(depth - 1)} || ${this.bool(depth - 1)})`,
      () => `can(${this.list(depth - 1)}[1])`,
      () => `startswith(${t()}, "lb-")`,
    ])();
  }
}
