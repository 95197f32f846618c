import { addressOf, instancesOf, keysOf, prefix, shown } from "./types";
import { everyClb } from "./build";
import type { Clb, Expression, Key, Keys, Model, Module, Path, Selection } from "./types";

/**
 * What a binding may be of, worked out on the model and not on the plan.
 * `must`: what it really may be of; a flaw among these must be refused. `possible`: what a gate that sees only the plan may
 * have to take into account; when none of these has a flaw it must be allowed. What lies between is its own affair.
 */
interface Reach {
  readonly must: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
  /** The plan does not show it, so it must be refused. */
  readonly hidden: boolean;
  /** The plan shows it in a way that allows of more than one reading. */
  readonly grey: boolean;
  /** A variable's value decides, which JSON shows: the gate evaluates it, and a list of references does not tell. */
  readonly valued: boolean;
}

export interface Expected {
  readonly verdict: "allowed" | "denied" | "either";
  /** Of each binding, by address: what it is really of. */
  readonly targets: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Scope {
  readonly module: Module;
  readonly path: Path;
  readonly own: { readonly keys: Keys; readonly key: Key };
  /** Inside a condition all references are listed together. */
  readonly mixed: boolean;
}

export function evaluate(model: Model): Expected {
  const { module, keys, id } = model.binding;
  const flaws = flawsOf(model.root);
  const targets = new Map<string, ReadonlySet<string>>();
  let verdict: Expected["verdict"] = "allowed";
  const reaches: Reach[] = [];
  const bindings = instancesOf(module).length * keysOf(keys).length;
  // All load balancers are outside of mainland China.
  if (model.read?.area === "ChineseMainland" && model.read.from < bindings) return { verdict: "denied", targets };
  for (const path of instancesOf(module)) {
    for (const key of keysOf(keys)) {
      const reach = new Evaluator(model.form).of(id, { module, path, own: { keys, key }, mixed: false });
      const flawed = (addresses: ReadonlySet<string>): boolean => [...addresses].some((address) => flaws.has(address));
      if (reach.hidden || flawed(reach.must)) verdict = "denied";
      else if ((reach.grey || flawed(reach.possible)) && verdict === "allowed") verdict = "either";
      reaches.push(reach);
      targets.set(`${prefix(path)}${BINDING}${shown(key)}`, reach.must);
    }
  }
  if (model.form === "json" && reaches.some(({ valued }) => valued)) return { verdict: "either", targets: new Map() };
  // The cloud refuses the second binding of one load balancer. Whether the gate is sure of it depends on what it sees.
  if (verdict === "allowed" && mayShare(reaches)) verdict = "either";
  return { verdict, targets };
}

/** Whether two bindings may be of one load balancer. */
function mayShare(reaches: readonly Reach[]): boolean {
  const met = new Set<string>();
  return reaches.some(({ possible, must }) => {
    const all = [...new Set([...possible, ...must])];
    if (all.some((address) => met.has(address))) return true;
    for (const address of all) met.add(address);
    return false;
  });
}

export const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment.t";

class Evaluator {
  public constructor(private readonly form: Model["form"]) {}

  public of(expression: Expression, scope: Scope): Reach {
    switch (expression.kind) {
      case "clb":
        return this.clb(expression.clb, expression.selection, scope);
      case "each":
        return this.clb(expression.clb, { by: "own" }, scope);
      case "output":
        return this.output(expression, scope);
      case "variable":
        return this.variable(expression.name, scope);
      case "condition": {
        const mixed = { ...scope, mixed: true };
        return { ...join([this.of(expression.yes, mixed), this.of(expression.no, mixed)]), valued: true };
      }
      case "object":
        return this.of(expression.id, scope);
      case "made":
        // HCL shows the references of a call and not the call.
        return { ...this.of(expression.from, scope), ...(this.form === "json" ? { hidden: true } : { grey: true }) };
      case "local":
        return { must: new Set(), possible: new Set(), hidden: true, grey: false, valued: false };
    }
  }

  private clb(clb: Clb, selection: Selection, scope: Scope): Reach {
    const all = keysOf(clb.keys);
    const address = (key: Key): string => addressOf(clb, scope.path, key);
    const one = (key: Key): ReadonlySet<string> => new Set([address(key)]);
    const every = new Set(all.map(address));
    switch (selection.by) {
      case "none":
        return sure(one(undefined));
      case "literal":
        return this.named(sure(one(selection.key)), selection.key, scope);
      case "own":
        if (scope.mixed) {
          return this.named({ ...sure(one(scope.own.key)), possible: every }, scope.own.key, scope);
        }
        return sure(one(scope.own.key));
      case "computed":
        return { ...sure(one(all[0])), possible: every, valued: true };
    }
  }

  /** Inside a condition a key may look like an id that is written out. */
  private named(reach: Reach, key: Key, scope: Scope): Reach {
    const looksLikeAnId = /^(lb-|eni-)|\\u/.test(shown(key).slice(2));
    return scope.mixed && looksLikeAnId ? { ...reach, grey: true } : reach;
  }

  private output(expression: Extract<Expression, { kind: "output" }>, scope: Scope): Reach {
    const { module, selection, name, part } = expression;
    const inside = (key: Key): Reach =>
      this.of(module.outputs.get(name)!, {
        module,
        path: [...scope.path, { module, key }],
        own: { keys: undefined, key: undefined },
        mixed: false,
      });
    switch (selection.by) {
      case "none":
        return inside(undefined);
      case "literal":
        return this.named(inside(selection.key), selection.key, scope);
      case "own":
      case "computed": {
        const key = selection.by === "own" ? scope.own.key : keysOf(module.keys)[0];
        const meant = inside(key);
        // The output's name is not listed, so any output of any instance may be meant.
        const plain = !part && module.outputs.size === 1 && selection.by === "own" && !scope.mixed;
        const others = keysOf(module.keys).map(inside);
        if (plain) return meant;
        const reach = {
          ...meant,
          possible: join([meant, ...others]).possible,
          valued: meant.valued || selection.by === "computed",
          // Instances of a module without resources are not listed either.
          grey: meant.grey || part || module.outputs.size > 1 || everyClb(module).length === 0,
        };
        return this.named(reach, scope.own.key, scope);
      }
    }
  }

  private variable(name: string, scope: Scope): Reach {
    const { module } = scope;
    const here = scope.path[scope.path.length - 1]!;
    return this.of(module.passed.get(name)!, {
      module: module.parent!,
      path: scope.path.slice(0, -1),
      own: { keys: module.keys, key: here.key },
      mixed: false,
    });
  }
}

function sure(addresses: ReadonlySet<string>): Reach {
  return { must: addresses, possible: addresses, hidden: false, grey: false, valued: false };
}

function join(reaches: readonly Reach[]): Reach {
  return {
    must: new Set(reaches.flatMap((one) => [...one.must])),
    possible: new Set(reaches.flatMap((one) => [...one.possible])),
    hidden: reaches.some((one) => one.hidden),
    grey: reaches.some((one) => one.grey),
    valued: reaches.some((one) => one.valued),
  };
}

function flawsOf(module: Module): Map<string, unknown> {
  const flaws = new Map<string, unknown>(module.clbs.flatMap((clb) => [...clb.flaws]));
  for (const child of module.children) for (const [address, flaw] of flawsOf(child)) flaws.set(address, flaw);
  return flaws;
}
