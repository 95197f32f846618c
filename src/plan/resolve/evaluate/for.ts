import { pushTo } from "../../../core/push-to";
import type { Expression } from "../../source/hcl/ast";
import { countDistinct } from "./collect";
import { sortedKeys } from "./order";
import { each, toText, truth } from "./primitive";
import type { Scope } from "./scope";
import { strict } from "./strict";
import { ERROR, inAnyOrder, list, map, number, some, text, union, unknown, unknownAs, type Value } from "./value";

type For = Extract<Expression, { kind: "for" }>;
type Evaluate = (expression: Expression, scope: Scope) => Value;

/** One round of a loop: what is bound, and whether it surely takes place. */
interface Round {
  readonly key: Value;
  readonly value: Value;
  readonly sure: boolean;
}

interface Rounds {
  readonly all: readonly Round[];
  /** Each takes place, and there is no other one. */
  readonly exact: boolean;
  /** They take place in the order in which they stand here. */
  readonly ordered: boolean;
  readonly min: number;
}

/** `[for … : …]` and `{ for … : … => … }` */
export function evaluateFor(expression: For, scope: Scope, evaluate: Evaluate): Value {
  const of = evaluate(expression.of, scope);
  return each(of, (one) => {
    const rounds = roundsOf(one, expression);
    return rounds === undefined ? unrolled(one, expression) : go(expression, rounds, scope, evaluate);
  });
}

function unrolled(one: Value, expression: For): Value {
  if (one.kind === "unknown") return union([unknownAs(one), ERROR]);
  if (one.kind === "lazy") return union([unknown("goes through the attributes of a resource", expression.at), ERROR]);
  return ERROR;
}

function roundsOf(one: Value, expression: For): Rounds | undefined {
  const { at } = expression;
  switch (one.kind) {
    case "list": {
      const keyOf = (item: Value, i: number): Value => (one.form === "set" ? item : number(BigInt(i)));
      const all = one.items.map((value, i) => ({ key: keyOf(value, i), value, sure: true }));
      return { all, exact: true, ordered: true, min: all.length };
    }
    case "map": {
      const all = sortedKeys(one.entries).map((key) => ({ key: text(key), value: one.entries.get(key)!, sure: true }));
      return { all, exact: true, ordered: true, min: all.length };
    }
    case "some": {
      if (one.element === undefined) return { all: [], exact: true, ordered: true, min: 0 };
      const keyOf = (value: Value): Value =>
        one.form === "set" ? value : unknown("is a key that is known only after apply", at);
      if (one.all !== undefined) {
        const all = one.all.map((value) => ({ key: keyOf(value), value, sure: true }));
        return { all, exact: true, ordered: false, min: one.min };
      }
      const { element } = one;
      return {
        all: [{ key: keyOf(element), value: element, sure: false }],
        exact: false,
        ordered: false,
        min: one.min,
      };
    }
    case "lazy": {
      if (one.names === undefined) return undefined;
      const all = [...one.names].sort().map((name) => ({ key: text(name), value: one.attribute(name), sure: true }));
      return { all, exact: true, ordered: true, min: all.length };
    }
    default:
      return undefined;
  }
}

function go(expression: For, { all, exact, ordered, min }: Rounds, scope: Scope, evaluate: Evaluate): Value {
  const keys: Value[] = [];
  const values: Value[] = [];
  const taken: Value[] = [];
  let [certain, fails, surely] = [exact, false, exact ? 0 : min];
  for (const round of all) {
    const names = new Map(scope.names);
    if (expression.keyName !== undefined) names.set(expression.keyName, round.key);
    names.set(expression.valueName, round.value);
    const inner: Scope = { ...scope, names };
    let sure = round.sure;
    if (expression.condition !== undefined) {
      const { mayBeTrue, mayBeFalse, mayFail } = truth(evaluate(expression.condition, inner));
      if (mayFail) fails = true;
      if (!mayBeTrue) {
        if (!exact) surely = 0;
        continue;
      }
      if (mayBeFalse) [sure, certain] = [false, false];
      if (mayBeFalse && !exact) surely = 0;
    }
    if (sure && exact) surely++;
    keys.push(expression.key === undefined ? number(0n) : toText(evaluate(expression.key, inner)));
    values.push(evaluate(expression.value, inner));
    taken.push(round.value);
  }
  // Elements of a set that turn out to be equal are one.
  const distinct = ordered || countDistinct(taken) === taken.length;
  if (!distinct && exact) surely = Math.min(1, surely);
  const made = strict([...keys, ...values], (given) => {
    const items = given.slice(keys.length);
    if (expression.key === undefined) {
      if (!certain) return some("list", items, surely);
      return ordered || items.length < 2 ? list(items) : inAnyOrder("list", items, surely);
    }
    const made = keyed(expression, given.slice(0, keys.length), items, { certain, ordered, distinct });
    return exact || expression.grouped ? made : union([made, ERROR]);
  });
  return fails ? { kind: "union", options: [...(made.kind === "union" ? made.options : [made]), ERROR] } : made;
}

function keyed(
  { grouped }: For,
  keys: readonly Value[],
  values: readonly Value[],
  { certain, ordered, distinct }: Readonly<Record<"certain" | "ordered" | "distinct", boolean>>,
): Value {
  if (keys.some((key) => key.kind === "null")) return ERROR;
  if (!certain || !keys.every((key) => key.kind === "string")) {
    const made = some("map", grouped ? [some("list", values, 1)] : values, certain ? Math.min(1, values.length) : 0);
    // A key that stands twice is an error.
    return grouped || countDistinct(keys) === keys.length ? made : union([made, ERROR]);
  }
  const groups = new Map<string, Value[]>();
  keys.forEach((key, i) => {
    pushTo(groups, (key as { readonly value: string }).value, values[i]!);
  });
  if (grouped) {
    const groupOf = (group: readonly Value[]): Value =>
      ordered || group.length < 2 ? list(group) : inAnyOrder("list", group, distinct ? group.length : 1);
    return map([...groups].map(([name, group]) => [name, groupOf(group)] as const));
  }
  // A key that stands twice is an error, but where both are one element of a set.
  if (groups.size < keys.length && distinct) return ERROR;
  const made = map([...groups].map(([name, group]) => [name, union(group)] as const));
  return groups.size < keys.length ? union([made, ERROR]) : made;
}
