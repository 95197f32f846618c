import type { Dice } from "../../../../tools/gate-trials/dice";

const PLAIN = ["null", "tostring(null)", "tonumber(null)", "var.nul", '""', '"a"', '"1"', "1", "0", "-1", "2", "true", "false", '"true"', "1.5", '"b"', "var.str", "var.num", "var.bo", "local.A", "local.B", '"${local.A}"']; // prettier-ignore
const LISTS = ["var.ls", "[]", '["a"]', '["b", "a", "b"]', '[1, "a"]', "[1, 2]", "[null]", '["a", null]', "var.ss", "var.sn", "toset([])", "toset([local.A])", "[local.A, local.B]", "toset([local.A, local.B])", "var.la", "var.tup", "terraform_data.c", "terraform_data.c[*].id", '[[local.A], ["a"]]', "var.lo", "[true, false]", '[{ a = 1 }, { a = "x" }]', "[{ a = local.A }, { a = local.B }]", "module.mc", "values(module.me)", "tolist([null, 5])", "var.so", "local.SO", "local.SO", "terraform_data.set.output", "terraform_data.kinds.output.so", "terraform_data.kinds.input.ls", "terraform_data.kinds.output.sn", "terraform_data.kinds.output.se", "terraform_data.kinds.output.no", "terraform_data.kinds.output.ms.p", "terraform_data.partly.output.so", "terraform_data.partly.input.st"]; // prettier-ignore
const MAPS = ["{}", '{ a = 1, b = "x" }', 'tomap({ a = "x" })', "{ a = local.A, b = local.B }", "tomap({ a = local.A })", "var.ma", "var.obj", "var.mo", "terraform_data.f", "module.me", "module.m", "terraform_data.a", "{ a = null }", '{ a = ["x"], b = ["x", "y"] }', "{ a = { b = local.A } }", "var.any", "var.obj.o", "terraform_data.kinds.output", "terraform_data.kinds.output.ms", "terraform_data.kinds.input.mo", "terraform_data.kinds.output.mo.p", "terraform_data.partly.output"]; // prettier-ignore
const KEYS = ["a", "b", "id", "x", "n", "p", "o", "input", "output", "on", "none"];
const INDICES = ["0", "1", "2", "-1", '"0"', '"a"', "null", "true", "var.num", "local.A", "0.5"];
const TESTS = ["e != null", 'e == "a"', "can(e.id)", "try(e > 1, false)", "true", "local.t"];

/** Makes expressions of functions, loops and conditionals with arguments that they are not made for, most inside `try`. */
export class RandomCalls {
  public constructor(private readonly dice: Dice) {}

  public text(): string {
    const { dice } = this;
    const made = this.any(1 + dice.below(3));
    if (made.length > 400) return this.text();
    return dice.chance(0.75) ? `try(${made}, "failed")` : made;
  }

  private any(depth: number): string {
    const make = this.dice.pick([this.value, this.list, this.map, this.condition]);
    return make.call(this, depth);
  }

  private value(depth: number): string {
    const { dice } = this;
    if (depth <= 0 || dice.chance(0.3)) return dice.pick(PLAIN);
    const [v, l, m, x] = this.parts(depth - 1);
    return dice.pick([
      () => `try(${v()}, ${v()})`,
      () => `coalesce(${v()}, ${v()})`,
      () => `one(${l()})`,
      () => `element(${l()}, ${dice.pick(INDICES)})`,
      () => `(${l()})[${dice.pick(INDICES)}]`,
      () => `(${m()}).${dice.pick(KEYS)}`,
      () => `lookup(${m()}, "${dice.pick(KEYS)}", ${v()})`,
      () => `(${this.condition(depth - 1)} ? ${v()} : ${v()})`,
      () => `"\${${v()}}x"`,
      () => `tostring(${v()})`,
      () => `tonumber(${v()})`,
      () => `tobool(${v()})`,
      () => `sum(${l()})`,
      () => `length(${x()})`,
      () => `index(${l()}, ${v()})`,
      () => `join(",", ${l()})`,
      () => `${v()} ${dice.pick(["+", "-", "*", "%"])} ${v()}`,
      () => `try(${x()}.${dice.pick(KEYS)}, ${v()})`,
      () => `min(${l()}...)`,
      () => `format("%s", ${v()})`,
      () => `replace(${v()}, ${v()}, ${v()})`,
    ])();
  }

  private condition(depth: number): string {
    const { dice } = this;
    if (depth <= 0 || dice.chance(0.3))
      return dice.pick(["true", "false", "local.t", "local.f", "var.bo", "null", '"true"', "var.nul == null"]);
    const [v, l, , x] = this.parts(depth - 1);
    const c = (): string => this.condition(depth - 1);
    return dice.pick([
      () => `${x()} == ${x()}`,
      () => `${x()} != ${x()}`,
      () => `contains(${l()}, ${v()})`,
      () => `can(${x()})`,
      () => `can(${x()}.${dice.pick(KEYS)})`,
      () => `(${c()} && ${c()})`,
      () => `(${c()} || ${c()})`,
      () => `!${c()}`,
      () => `${v()} > ${v()}`,
      () => `alltrue(${l()})`,
      () => `startswith(${v()}, ${v()})`,
    ])();
  }

  private list(depth: number): string {
    const { dice } = this;
    if (depth <= 0 || dice.chance(0.3)) return dice.pick(LISTS);
    const [v, l, m, x] = this.parts(depth - 1);
    return dice.pick([
      () => `[${v()}, ${v()}]`,
      () => `concat(${l()}, ${l()})`,
      () => `${dice.pick(["tolist", "toset", "compact", "sort", "reverse", "distinct", "flatten"])}(${l()})`,
      () => `${dice.pick(["try", "coalescelist", "setunion", "setsubtract", "setintersection", "setproduct"])}(${l()}, ${l()})`, // prettier-ignore
      () => `slice(${l()}, ${dice.pick(INDICES)}, ${dice.pick(INDICES)})`,
      () => `chunklist(${l()}, ${dice.pick(INDICES)})`,
      () => `${dice.pick(["values", "keys"])}(${m()})`,
      () => `matchkeys(${l()}, ${l()}, ${l()})`,
      () => `[for k, e in ${x()} : ${dice.pick(["k", "e"])} if ${dice.pick(TESTS)}]`,
      () => `[for e in ${x()} : try(e.${dice.pick(KEYS)}, ${v()})]`,
      () => `try(${x()}[*], ${l()})`,
      () => `${l()}[*].${dice.pick(KEYS)}`,
      () => `(${this.condition(depth - 1)} ? ${l()} : ${l()})`,
      () => `split(${v()}, ${v()})`,
    ])();
  }

  private map(depth: number): string {
    const { dice } = this;
    if (depth <= 0 || dice.chance(0.3)) return dice.pick(MAPS);
    const [v, l, m, x] = this.parts(depth - 1);
    return dice.pick([
      () => `{ a = ${v()}, ${dice.pick(["b", '"a"', "(local.A)"])} = ${x()} }`,
      () => `${dice.pick(["merge", "try", "coalesce"])}(${m()}, ${m()})`,
      () => `tomap(${m()})`,
      () => `zipmap(${l()}, ${l()})`,
      () => `{ for k, e in ${x()} : k => e if ${dice.pick(TESTS)} }`,
      () =>
        `{ for e in ${x()} : ${dice.pick(["e", 'try(e.id, "z")', '"k"', "local.A"])} => e${dice.pick(["", "..."])} }`,
      () => `(${this.condition(depth - 1)} ? ${m()} : ${m()})`,
      () => `transpose(${m()})`,
      () => `jsondecode(jsonencode(${m()}))`,
    ])();
  }

  private parts(depth: number): readonly [v: () => string, l: () => string, m: () => string, x: () => string] {
    const parts = [this.value, this.list, this.map].map((make) => () => make.call(this, depth));
    return [...(parts as [() => string, () => string, () => string]), () => this.dice.pick(parts)()];
  }
}
