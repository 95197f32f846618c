import fc from "fast-check";
import { addressOf, FLAWS, instancesOf, keysOf } from "./types";
import type { Clb, Expression, Keys, Model, Module, Selection } from "./types";

const KEYS = [
  "a",
  "b",
  "a.b",
  'c"d',
  "e[0]",
  "ünï",
  "😀",
  "x y",
  "${x}",
  "%{y}",
  "lb-0",
  "module.m",
  "back\\slash",
  "0",
  "]",
  '"]',
  "__proto__",
  "\u200b",
  "[0]",
];
const MAX_DEPTH = 6;
/** Most module instances of one model: trees deeper than wide keep a run fast. */
const MAX_INSTANCES = 24;

type Draw = fc.GeneratorValue;

/** Draws a model: a tree of modules, CLBs in it, and one binding whose id takes a way through the tree. */
export function buildModel(draw: Draw): Model {
  return new Builder(draw).build();
}

class Builder {
  private names = 0;

  public constructor(private readonly draw: Draw) {}

  public build(): Model {
    const form = this.pick(["hcl", "json"] as const);
    const root = this.module("root", undefined, undefined);
    let home = root;
    for (let depth = this.upTo(3); depth > 0; depth--) home = this.child(home);
    const keys = this.keys();
    const id = this.expression(home, keys, 5);
    const noise = this.upTo(2);
    for (let i = 0; i < noise; i++) this.clb(this.pick([root, home, this.child(root)]));
    this.spoil(root);
    const area = this.pick([undefined, undefined, "international", "international", "ChineseMainland"] as const);
    const read = area === undefined ? {} : { read: { area, from: this.upTo(2) } };
    return { root, binding: { module: home, keys, id }, form, seed: this.draw(fc.nat, { max: 1000 }), ...read };
  }

  private expression(at: Module, own: Keys, fuel: number): Expression {
    const choices: string[] = ["clb", "clb"];
    if (fuel > 0) {
      if (depthOf(at) < MAX_DEPTH) choices.push("output", "output");
      if (at.parent !== undefined) choices.push("variable", "variable", "variable");
      if (fuel > 2) choices.push("condition");
      if (this.upTo(9) === 0) choices.push("local", "made");
      if (own !== undefined && typeof own[0] === "string" && at.parent === undefined && fuel === 5)
        choices.push("each");
    }
    switch (this.pick(choices)) {
      case "output":
        return this.output(at, own, fuel - 1);
      case "variable":
        return this.variable(at, fuel - 1);
      case "condition":
        return { kind: "condition", yes: this.expression(at, own, fuel - 2), no: this.expression(at, own, fuel - 2) };
      case "local":
        return { kind: "local" };
      case "made":
        return { kind: "made", from: this.expression(at, own, 0) };
      case "each":
        return { kind: "each", clb: this.clb(at, own) };
      default:
        return this.ofClb(at, own, false);
    }
  }

  private ofClb(at: Module, own: Keys, whole: boolean): Expression {
    const known = at.clbs.length > 0 && this.coin() ? this.pick(at.clbs) : undefined;
    const clb = known ?? this.clb(at, this.coin() && own !== undefined ? own : this.keys());
    return { kind: "clb", clb, selection: this.selection(clb.keys, own), whole };
  }

  private output(at: Module, own: Keys, fuel: number): Expression {
    const module = at.children.length > 0 && this.coin() ? this.pick(at.children) : this.child(at, own);
    const name = this.name("o");
    const { expression, part } = this.holder(module, undefined, fuel);
    module.outputs.set(name, expression);
    return { kind: "output", module, selection: this.selection(module.keys, own), name, part };
  }

  private variable(at: Module, fuel: number): Expression {
    const name = this.name("v");
    const { expression, part } = this.holder(at.parent!, at.keys, fuel);
    at.passed.set(name, expression);
    return { kind: "variable", name, part };
  }

  /** What an output or an argument holds: an id, a whole CLB, or an object with an id. */
  private holder(at: Module, own: Keys, fuel: number): { expression: Expression; part: boolean } {
    switch (this.upTo(5)) {
      case 0:
        return { expression: this.ofClb(at, own, true), part: true };
      case 1:
        return { expression: { kind: "object", id: this.expression(at, own, fuel) }, part: true };
      default:
        return { expression: this.expression(at, own, fuel), part: false };
    }
  }

  private selection(keys: Keys, own: Keys): Selection {
    if (keys === undefined) return { by: "none" };
    const choices = ["literal", "computed"];
    const shares = own !== undefined && own.every((key) => (keys as readonly unknown[]).includes(key));
    if (shares) choices.push("own", "own", "own");
    switch (this.pick(choices)) {
      case "own":
        return { by: "own" };
      case "computed":
        return { by: "computed" };
      default:
        return { by: "literal", key: this.pick(keys as readonly (string | number)[]) };
    }
  }

  private module(name: string, parent: Module | undefined, keys: Keys): Module {
    const made: Module = { name, keys, parent, children: [], clbs: [], outputs: new Map(), passed: new Map() };
    parent?.children.push(made);
    return made;
  }

  private child(parent: Module, like?: Keys): Module {
    const keys = like !== undefined && this.coin() ? like : this.keys();
    const room = MAX_INSTANCES / (instancesOf(parent).length * keysOf(keys).length);
    return this.module(this.name("m"), parent, room >= 1 ? keys : undefined);
  }

  private clb(module: Module, keys: Keys = this.keys()): Clb {
    const type = this.upTo(4) === 0 ? "alicloud_slb" : "alicloud_slb_load_balancer";
    const vswitch = this.pick(["known", "reference"] as const);
    const made: Clb = { type, name: this.name("lb"), keys, module, vswitch, flaws: new Map() };
    module.clbs.push(made);
    return made;
  }

  /** Gives some instances of some CLBs a flaw. */
  private spoil(root: Module): void {
    const all = everyClb(root).flatMap((clb) =>
      instancesOf(clb.module).flatMap((path) =>
        keysOf(clb.keys).map((key) => ({ clb, address: addressOf(clb, path, key) })),
      ),
    );
    for (let left = all.length > 0 ? this.pick([0, 0, 1, 1, 2, 4]) : 0; left > 0; left--) {
      const { clb, address } = this.pick(all);
      clb.flaws.set(address, this.pick(FLAWS));
    }
  }

  private keys(): Keys {
    switch (this.upTo(5)) {
      case 0:
      case 1: {
        const [first, second] = [this.pick(KEYS), this.pick(KEYS)];
        return first === second ? [first] : [first, second];
      }
      case 2:
        return [0, 1].slice(0, 1 + this.upTo(1));
      default:
        return undefined;
    }
  }

  private name(stem: string): string {
    return `${stem}${String(this.names++)}`;
  }

  private coin(): boolean {
    return this.draw(fc.boolean);
  }

  private upTo(max: number): number {
    return this.draw(fc.nat, { max });
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.upTo(from.length - 1)]!;
  }
}

export function everyClb(module: Module): Clb[] {
  return [...module.clbs, ...module.children.flatMap(everyClb)];
}

function depthOf(module: Module): number {
  return module.parent === undefined ? 0 : 1 + depthOf(module.parent);
}
