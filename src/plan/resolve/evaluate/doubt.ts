import type { Expression, Place } from "../../source/hcl/ast";
import { elementsOf } from "./access";
import { childrenOf } from "./closed";
import { evaluate } from "./evaluate";
import type { ModuleInstance } from "./instance";
import { truth } from "./primitive";
import { NO_NAMES, type Scope } from "./scope";
import { firstOf, unknownIn } from "./unknown-in";
import { optionsOf, type Value } from "./value";

/** What leaves open which of several values an expression gives. */
export interface Doubt {
  /** Completes "`EXPRESSION` …". */
  readonly why: string;
  readonly at: Place;
}

/** An expression, and where it stands. */
interface Position {
  readonly expression: Expression;
  readonly module: ModuleInstance;
  readonly scope: Scope;
  /** `for_each` of the block it stands in, and the module of that. */
  readonly forEach?: Expression | undefined;
  /** What has been looked at: a local that is used twice is not followed twice. */
  readonly seen: Set<Expression>;
}

const DEEPEST = 300;
const MOST_ELEMENTS = 20;

/**
 * The first condition, key or argument that leaves open what an expression gives, followed through locals, variables and
 * outputs. Only messages use it, so that undefined, where none is found, costs nothing but words.
 */
export function doubtOf(
  expression: Expression,
  module: ModuleInstance,
  scope: Scope,
  forEach: Expression | undefined,
): Doubt | undefined {
  return follow({ expression, module, scope, forEach, seen: new Set() }, 0);
}

function follow(position: Position, steps: number): Doubt | undefined {
  const { expression, scope, seen } = position;
  if (steps > DEEPEST || seen.has(expression)) return undefined;
  seen.add(expression);
  const next: Step = (part, inner = scope) => follow({ ...position, expression: part, scope: inner }, steps + 1);
  switch (expression.kind) {
    case "conditional": {
      const { mayBeTrue, mayBeFalse } = truth(evaluate(expression.condition, scope));
      if (mayBeTrue && mayBeFalse) return openBy(expression.condition, scope, next);
      return next(mayBeTrue ? expression.then : expression.else);
    }
    case "index":
      return isOpen(evaluate(expression.key, scope)) ? openBy(expression.key, scope, next) : next(expression.of);
    case "attribute": {
      const led = ledTo(position);
      return led === undefined ? next(expression.of) : follow(led, steps + 1);
    }
    case "for":
      return next(expression.of) ?? firstOf(scopesOf(expression, scope), (inner) => inLoop(expression, inner, next));
    case "call":
      return firstOf(expression.args, (argument) => causeIn(argument, scope) ?? next(argument));
    default:
      return firstOf(partsOf(expression), (part) => next(part));
  }
}

type For = Extract<Expression, { kind: "for" }>;
type Step = (part: Expression, inner?: Scope) => Doubt | undefined;

function inLoop({ condition, key, value }: For, inner: Scope, next: Step): Doubt | undefined {
  if (condition !== undefined) {
    const { mayBeTrue, mayBeFalse } = truth(evaluate(condition, inner));
    if (mayBeTrue && mayBeFalse) return openBy(condition, inner, next);
  }
  if (key !== undefined && isOpen(evaluate(key, inner))) return openBy(key, inner, next);
  return next(value, inner);
}

function scopesOf({ of, keyName, valueName }: For, scope: Scope): Scope[] {
  const value = evaluate(of, scope);
  const keys = value.kind === "map" ? [...value.entries.keys()] : [];
  return (elementsOf(value) ?? []).slice(0, MOST_ELEMENTS).map((element, i) => {
    const key: Value | undefined =
      value.kind === "map" ? { kind: "string", value: keys[i]! } : { kind: "number", value: BigInt(i) };
    const names = new Map(scope.names).set(valueName, element);
    return { ...scope, names: keyName === undefined ? names : names.set(keyName, key) };
  });
}

/** The part that is not known, or what leaves open one that is, or the expression as a whole. */
function openBy(expression: Expression, scope: Scope, next: Step): Doubt {
  const found = causeIn(expression, scope) ?? next(expression, scope);
  if (found !== undefined) return found;
  const isLater = optionsOf(evaluate(expression, scope)).some(({ kind }) => kind === "ref");
  return { why: isLater ? "is known only after apply" : "may give one value or another", at: expression.at };
}

/** The innermost part of an expression that cannot be determined. */
function causeIn(expression: Expression, scope: Scope, steps = 0): Doubt | undefined {
  if (steps > DEEPEST) return undefined;
  const found = firstOf(partsOf(expression), (part) => causeIn(part, scope, steps + 1));
  if (found !== undefined) return found;
  const cause = unknownIn(evaluate(expression, scope));
  return cause === undefined ? undefined : { why: cause.why, at: cause.at ?? expression.at };
}

/** Parts that can be evaluated in the same scope. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "attribute":
      return [];
    case "index":
      return [expression.key];
    case "for":
    case "splat":
      return [expression.of];
    default:
      return childrenOf(expression);
  }
}

function isOpen(value: Value): boolean {
  const options = optionsOf(value).filter(({ kind }) => kind !== "error");
  return options.length !== 1 || options[0]!.kind === "unknown" || options[0]!.kind === "ref";
}

/** What `local.x`, `var.x`, `module.x.y` or `each.value` stands for. */
function ledTo({ expression, module, scope, forEach, seen }: Position): Position | undefined {
  if (expression.kind !== "attribute") return undefined;
  const { of, name } = expression;
  if (of.kind === "root" && !scope.names.has(of.name)) {
    if (of.name === "local") return at(module.module.locals.get(name)?.expression(), module, seen);
    if (of.name === "each") return at(forEach, module, seen);
    const call = of.name === "var" ? module.calledBy : undefined;
    const given = call?.call.arguments.get(name)?.expression();
    return call === undefined || given === undefined
      ? undefined
      : {
          expression: given,
          module: call.parent,
          scope: call.scope,
          forEach: call.call.forEach?.expression(),
          seen,
        };
  }
  const child = calledModule(of, module, scope);
  return child && at(child.module.outputs.get(name)?.expression(), child, seen);
}

function at(expression: Expression | undefined, module: ModuleInstance, seen: Set<Expression>): Position | undefined {
  return expression && { expression, module, scope: { module, names: NO_NAMES, depth: 0 }, seen };
}

/** The instance that `module.x` or `module.x[key]` is. */
function calledModule(of: Expression, module: ModuleInstance, scope: Scope): ModuleInstance | undefined {
  if (of.kind === "attribute" && of.of.kind === "root" && of.of.name === "module") return module.child(of.name, "");
  if (of.kind !== "index" || of.of.kind !== "attribute" || of.of.of.kind !== "root" || of.of.of.name !== "module")
    return undefined;
  const key = evaluate(of.key, scope);
  if (key.kind === "number") return module.child(of.of.name, `[${String(key.value)}]`);
  return key.kind === "string" ? module.child(of.of.name, `[${JSON.stringify(key.value)}]`) : undefined;
}
