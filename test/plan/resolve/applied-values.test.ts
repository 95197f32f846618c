import { ModuleInstance } from "../../../src/plan/resolve/evaluate/instance";
import { Secrets } from "../../../src/plan/resolve/evaluate/secrets";
import { optionsOf, type Value } from "../../../src/plan/resolve/evaluate/value";
import { configurationOfFile } from "../../../src/plan/source";
import { Dice } from "../../../tools/gate-trials/dice";
import { APPLIED_EXPRESSIONS } from "./support/applied-expressions";
import { APPLIED_MODULE } from "./support/applied-module";
import { type Applied, applyExpressions } from "./support/applied-values";
import { RandomCalls } from "./support/random-calls";

/** More of them by `ANYCAST_RANDOM_EXPRESSIONS=20000`, others by `ANYCAST_SEED`. */
const COUNT = Number(process.env.ANYCAST_RANDOM_EXPRESSIONS ?? 0) || 120;
const SEED = Number(process.env.ANYCAST_SEED ?? 7);

test("what an apply makes of an expression is among the values that were possible in the plan", () => {
  const applied = applyExpressions(APPLIED_MODULE, APPLIED_EXPRESSIONS);
  expect(applied.values.filter((one) => one === undefined)).toEqual([]);
  const { wrong, told } = compare(APPLIED_EXPRESSIONS, applied);
  expect(wrong).toEqual([]);
  // Most of them have one value, without which the test would hold little.
  expect(told).toBeGreaterThan(APPLIED_EXPRESSIONS.length / 3);
});

test("the same holds for calls with arguments of any kind, whether they fail or not", () => {
  const calls = new RandomCalls(new Dice(SEED));
  const expressions = Array.from({ length: COUNT }, () => calls.text());
  const { wrong, told } = compare(expressions, applyExpressions(APPLIED_MODULE, expressions));
  expect(wrong).toEqual([]);
  expect(told).toBeGreaterThan(COUNT / 4);
});

function compare(expressions: readonly string[], applied: Applied): { wrong: unknown[]; told: number } {
  const source = configurationOfFile(applied.file);
  const root = new ModuleInstance({ plan: applied.view, secrets: new Secrets(), typed: true }, source, "");
  const wrong: unknown[] = [];
  let told = 0;
  expressions.forEach((expression, i) => {
    const is = applied.values[i];
    if (is === undefined) return;
    // Each is an output in JSON, whose only part is the expression.
    const output = source.outputs.get(`o${String(i)}`)!.expression();
    const call = output.kind === "call" ? output.args[0]! : output;
    const [entry] = call.kind === "object" ? call.entries : [];
    const value = root.evaluate({ at: call.at, expression: () => entry!.value });
    if (!meets(value, is.value, applied.resources)) wrong.push({ expression, is: is.value, told: optionsOf(value) });
    else if (value.kind !== "union" && value.kind !== "unknown" && value.kind !== "some") told++;
  });
  return { wrong, told };
}

function meets(told: Value, is: unknown, resources: Applied["resources"]): boolean {
  const inside = (one: Value, part: unknown): boolean => meets(one, part, resources);
  switch (told.kind) {
    case "string":
    case "bool":
      return is === told.value;
    case "number":
      return is === Number(told.value);
    case "null":
      return is === null;
    case "ref":
      return is === resources.get(told.address)?.[told.attribute];
    case "unknown":
      return told.type === undefined || is === null || typeof is === (told.type === "bool" ? "boolean" : told.type);
    case "union":
      return told.options.some((one) => inside(one, is));
    case "list":
      return Array.isArray(is) && is.length === told.items.length && told.items.every((one, i) => inside(one, is[i]));
    case "map":
      return (
        isObject(is) &&
        Object.keys(is).length === told.entries.size &&
        [...told.entries].every(([key, one]) => Object.hasOwn(is, key) && inside(one, is[key]))
      );
    case "some": {
      if (!(told.form === "map" ? isObject(is) : Array.isArray(is))) return false;
      const parts = Object.values(is as object) as unknown[];
      return parts.length >= told.min && parts.every((one) => told.element !== undefined && inside(told.element, one));
    }
    case "lazy":
      return isObject(is) && Object.entries(is).every(([name, one]) => inside(told.attribute(name), one));
    case "error":
      return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
