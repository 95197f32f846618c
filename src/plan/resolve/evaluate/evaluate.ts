import type { Expression, Place } from "../../source/hcl/ast";
import { attributeOf, indexOf, splatted } from "./access";
import { chosen } from "./chosen";
import { isClosed } from "./closed";
import { evaluateFor } from "./for";
import { alternatives, callFunction } from "./functions";
import { calculate, roundedQuotient } from "./functions/numbers";
import { templateText } from "./functions/joined";
import { logical } from "./logical";
import { each, equal, toBool, toText, wholeNumber } from "./primitive";
import type { Scope } from "./scope";
import { mayFail, strict, withoutError } from "./strict";
import {
  bool,
  ERROR,
  inAnyOrder,
  list,
  map,
  number,
  optionsOf,
  nullOf,
  some,
  text,
  union,
  unknown,
  type Value,
} from "./value";

const DEEPEST = 300;

/**
 * What an expression gives in a scope, as far as it can be determined. It never claims more than is certain: what is not modelled is `unknown`.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  if (scope.depth > DEEPEST)
    return unknown(`takes more than ${String(DEEPEST)} steps to follow`, expression.at, { limit: true });
  switch (expression.kind) {
    case "string":
      return text(expression.value);
    case "number":
      return literalNumber(expression.text, expression.at);
    case "bool":
      return bool(expression.value);
    case "null":
      return nullOf("any");
    case "unsupported":
      return unknown(expression.why, expression.at, { hidden: expression.why === "hidden" });
    case "item":
      return scope.item ?? unknown("stands outside of a splat", expression.at);
    default:
  }
  const { evaluated } = scope.module;
  const closed = isClosed(expression, new Set(scope.names.keys()));
  const found = closed ? evaluated.get(expression) : undefined;
  if (found !== undefined) return found;
  const value = compute(expression, { ...scope, depth: scope.depth + 1 });
  if (closed) evaluated.set(expression, value);
  return value;
}

type Computed = Exclude<Expression, { readonly kind: "string" | "number" | "bool" | "null" | "unsupported" | "item" }>;

function compute(expression: Computed, scope: Scope): Value {
  const { at } = expression;
  switch (expression.kind) {
    case "root":
      return scope.names.get(expression.name) ?? unknown("is a name without a part", at);
    case "attribute":
      return reference(expression, scope) ?? attributeOf(evaluate(expression.of, scope), expression.name, at);
    case "index": {
      const key = evaluate(expression.key, scope);
      return strict([evaluate(expression.of, scope), key], ([of, by]) => each(by!, (one) => indexOf(of!, one, at)));
    }
    case "splat": {
      const change = (item: Value): Value => evaluate(expression.each, { ...scope, item });
      return each(splatted(evaluate(expression.of, scope)), (one) => {
        // Without elements their type decides whether the steps fail.
        if (one.kind === "list" && one.items.length === 0 && !isPlain(expression, scope))
          return union([list([]), ERROR]);
        if (one.kind === "list") return strict(one.items.map(change), (items) => list(items));
        if (one.kind !== "some") return one;
        if (one.all !== undefined) return strict(one.all.map(change), (items) => inAnyOrder("list", items, one.min));
        return one.element === undefined ? one : strict([change(one.element)], (items) => some("list", items, one.min));
      });
    }
    case "template":
      return templated(
        expression.parts.map((part) => evaluate(part, scope)),
        scope,
        at,
      );
    case "wrap":
      return evaluate(expression.of, scope);
    case "repeated": {
      const rounds = evaluate(expression.of, scope);
      if (rounds.kind === "list" && rounds.form === "list") return templated(rounds.items, scope, at);
      return scope.module.made(callFunction("join", [text(""), rounds], at), [rounds]);
    }
    case "tuple":
      return strict(
        expression.items.map((item) => evaluate(item, scope)),
        (items) => list(items),
      );
    case "object":
      return object(expression, scope);
    case "for":
      return evaluateFor(expression, scope, evaluate);
    case "call":
      return call(expression, scope);
    case "conditional":
      return chosen(
        evaluate(expression.condition, scope),
        evaluate(expression.then, scope),
        evaluate(expression.else, scope),
      );
    case "binary":
      return binary(expression, scope);
    case "unary":
      return unary(expression, scope);
  }
}

/** The element itself, or the id of a resource, which has one. */
function isPlain({ of, each: step }: Extract<Expression, { kind: "splat" }>, { names }: Scope): boolean {
  if (step.kind === "item") return true;
  const isId = step.kind === "attribute" && step.name === "id" && step.of.kind === "item";
  const root = of.kind === "attribute" && of.of.kind === "root" ? of.of.name : undefined;
  return isId && root !== undefined && !names.has(root) && !NO_TYPES.has(root);
}

/** First names of references that are not of a resource. */
const NO_TYPES = new Set(["var", "local", "module", "each", "count", "self", "path", "terraform", "tofu", "ephemeral"]);

/** The parts as one text. */
function templated(values: readonly Value[], scope: Scope, at: Place): Value {
  return strict(values.map(toText), (parts) =>
    scope.module.made(
      alternatives(parts, at, (one) => templateText(one, at)),
      parts,
    ),
  );
}

/** `var.x`, `local.x`, `each.key`, `TYPE.NAME` …; undefined for the attribute of a value. */
function reference(expression: Extract<Expression, { kind: "attribute" }>, scope: Scope): Value | undefined {
  const { of, name, at } = expression;
  const { module } = scope;
  if (of.kind === "root" && !scope.names.has(of.name)) {
    switch (of.name) {
      case "var":
        return module.variable(name);
      case "local":
        return module.local(name);
      case "module":
        return module.call(name);
      case "path":
      case "terraform":
      case "tofu":
        return module.ambient(of.name, name);
      case "each":
        if (scope.each === undefined) return unknown("is used outside of for_each", at);
        return name === "key" ? scope.each.key : name === "value" ? scope.each.value() : ERROR;
      case "count":
        return name === "index" && scope.count !== undefined ? scope.count : unknown("is used outside of count", at);
      case "data":
      case "resource":
        return unknown("is not understood", at);
      case "self":
      case "ephemeral":
      case "provider":
      case "action":
      case "list":
        return unknown(`is a value of ${of.name}, which the gate does not evaluate`, at);
      default:
        return module.resource("managed", of.name, name);
    }
  }
  if (of.kind === "attribute" && of.of.kind === "root" && !scope.names.has(of.of.name)) {
    if (of.of.name === "data") return module.resource("data", of.name, name);
    if (of.of.name === "resource") return module.resource("managed", of.name, name);
  }
  return undefined;
}

function literalNumber(written: string, at: Place): Value {
  const whole = wholeNumber(written);
  return whole === undefined ? unknown("is a fraction", at, { type: "number" }) : number(whole);
}

function object(expression: Extract<Expression, { kind: "object" }>, scope: Scope): Value {
  const keys = expression.entries.map(({ key }) => toText(evaluate(key, scope)));
  const values = expression.entries.map(({ value }) => evaluate(value, scope));
  return strict([...keys, ...values], (all) => {
    const names = all.slice(0, keys.length);
    const items = all.slice(keys.length);
    if (names.some((name) => name.kind === "null")) return ERROR;
    // Of a key that stands twice the last one counts.
    if (names.every((name) => name.kind === "string"))
      return map(names.map((name, i) => [name.value, items[i]!] as const));
    return some("map", items, Math.min(1, items.length));
  });
}

function call(expression: Extract<Expression, { kind: "call" }>, scope: Scope): Value {
  const { at, name, args } = expression;
  const plain = name.startsWith("core::") ? name.slice(6) : name;
  if (expression.spread) {
    const values = args.map((arg) => evaluate(arg, scope));
    const last = values.pop() ?? ERROR;
    return strict([last], ([of]) =>
      each(of!, (one) => {
        if (one.kind === "list" && one.form !== "set") return invoke(plain, [...values, ...one.items], scope, at);
        return one.kind === "error" || one.kind === "null"
          ? ERROR
          : unknown("spreads a list that is known only after apply", at);
      }),
    );
  }
  if (plain === "can" && args.length !== 1) return ERROR;
  if (plain === "try" || plain === "can") return attempt(plain, args, scope, at);
  if ((plain === "floor" || plain === "ceil") && args.length === 1) {
    const divided = quotientOf(args[0]!);
    if (divided !== undefined)
      return roundedQuotient(plain, evaluate(divided.left, scope), evaluate(divided.right, scope), at);
  }
  return invoke(
    plain,
    args.map((arg) => evaluate(arg, scope)),
    scope,
    at,
  );
}

/** `a / b`, without the parentheses and `"${…}"` around it. */
function quotientOf(expression: Expression): Extract<Expression, { kind: "binary" }> | undefined {
  if (expression.kind === "wrap") return quotientOf(expression.of);
  return expression.kind === "binary" && expression.operator === "/" ? expression : undefined;
}

function invoke(name: string, values: readonly Value[], { module }: Scope, at: Place): Value {
  // With a list spread into them, all arguments have been evaluated.
  if (name === "try" || name === "can") return unknown(`spreads a list into ${name}`, at);
  const made = callFunction(name, values, at);
  return name === "sensitive" ? module.secret(made) : module.made(made, values);
}

/** `try` gives the first argument that does not fail; `can` tells whether its only one does. */
function attempt(name: "try" | "can", args: readonly Expression[], scope: Scope, at: Place): Value {
  const found: Value[] = [];
  for (const arg of args) {
    const value = evaluate(arg, scope);
    const opaque = isVague(value);
    if (name === "can") {
      if (value.kind === "error") return bool(false);
      return !mayFail(value) && !opaque
        ? bool(true)
        : unknown("depends on whether an expression fails", at, { type: "bool" });
    }
    if (value.kind !== "error") found.push(withoutError(value));
    if (value.kind !== "error" && !mayFail(value) && !opaque) return union(found);
  }
  return union([...found, ERROR]);
}

/** True where a part is not known, or how many parts there are: what is made of it may fail. */
function isVague(value: Value): boolean {
  return optionsOf(value).some((one) => {
    if (one.kind === "list") return one.items.some(isVague);
    if (one.kind === "map") return [...one.entries.values()].some(isVague);
    return one.kind === "some" ? (one.all?.some(isVague) ?? true) : one.kind === "unknown";
  });
}

function binary({ operator, left, right, at }: Extract<Expression, { kind: "binary" }>, scope: Scope): Value {
  const a = evaluate(left, scope);
  if (operator === "&&" || operator === "||") {
    const b = evaluate(right, scope);
    return logical(operator, a, b, at);
  }
  const b = evaluate(right, scope);
  if (operator === "==") return equal(a, b);
  if (operator === "!=") return each(equal(a, b), (one) => (one.kind === "bool" ? bool(!one.value) : one));
  return calculate(operator, a, b, at);
}

function unary({ operator, of, at }: Extract<Expression, { kind: "unary" }>, scope: Scope): Value {
  const value = evaluate(of, scope);
  if (operator === "-") return calculate("*", number(-1n), value, at);
  return each(toBool(value), (one) => {
    if (one.kind === "bool") return bool(!one.value);
    return one.kind === "null" ? ERROR : one;
  });
}
