import { evaluate } from "../../../src/plan/resolve/evaluate/evaluate";
import type { Scope } from "../../../src/plan/resolve/evaluate/scope";
import { number, optionsOf, text, unknown, type Value } from "../../../src/plan/resolve/evaluate/value";
import { parseExpression } from "../../../src/plan/source/hcl";
import { Dice } from "../../../tools/gate-trials/dice";
import { plainOf, scopeWith } from "./support/constants";
import { EXPRESSIONS } from "./support/expressions";
import { RandomExpressions } from "./support/random-expressions";
import { RandomTypes, TYPED_VALUES, TYPED_VARIABLES } from "./support/random-types";
import { valuesByTerraform } from "./support/terraform-values";

const at = (scope: Scope, expression: string): Value =>
  evaluate(parseExpression({ file: "test", text: expression }), scope);

test("evaluated expressions have the values of real terraform, and others stay unknown", () => {
  const variables = `variable "env" {\n  default = "prod"\n}\nvariable "n" {\n  type    = number\n  default = 3\n}\n`;
  const expected = valuesByTerraform(EXPRESSIONS, variables);
  const scope = scopeWith({ env: text("prod"), n: number(3n) });
  const differing: unknown[] = [];
  let told = 0;
  EXPRESSIONS.forEach((expression, i) => {
    const plain = plainOf(at(scope, expression));
    if (plain === "untold") return;
    told++;
    if (JSON.stringify(plain) !== JSON.stringify(expected[i] === undefined ? "fails" : { value: expected[i] }))
      differing.push({ expression, plain, expected: expected[i] });
  });
  expect(differing).toEqual([]);
  // Most of them are told; else the test would hold nothing.
  expect(told).toBeGreaterThan(EXPRESSIONS.length * 0.75);
});

/** More of them by `ANYCAST_RANDOM_EXPRESSIONS=20000`, others by `ANYCAST_SEED`. */
const COUNT = Number(process.env.ANYCAST_RANDOM_EXPRESSIONS ?? 600);
const SEED = Number(process.env.ANYCAST_SEED ?? 7);
const IDS = { a: "lb-a", b: "lb-b", c: "lb-c" };

test("for any ids and condition, an expression's value is among the possible values given before", () => {
  const dice = new Dice(SEED);
  const made = new RandomExpressions(dice);
  const expressions = Array.from({ length: COUNT }, () => made.text(1 + dice.below(3)));
  const ref = (name: string): Value => ({
    kind: "ref",
    type: "lb",
    address: name,
    attribute: "id",
    known: () => undefined,
  });
  const scope = (): Scope =>
    scopeWith({ a: ref("a"), b: ref("b"), c: ref("c"), u: unknown("is not known", undefined, { type: "bool" }) });
  const told = expressions.map((expression) => at(scope(), expression));
  const wrong: unknown[] = [];
  let decided = 0;
  for (const u of [true, false]) {
    const variables = Object.entries({ ...IDS, u })
      .map(([name, value]) => `variable "${name}" {\n  default = ${JSON.stringify(value)}\n}\n`)
      .join("");
    valuesByTerraform(expressions, variables).forEach((value, i) => {
      if (value === undefined) return;
      const options = optionsOf(told[i]!);
      if (options.some((one) => one.kind === "unknown")) return;
      decided++;
      if (!options.some((one) => meets(one, value)))
        wrong.push({ expression: expressions[i], value, u, told: options });
    });
  }
  expect(wrong).toEqual([]);
  expect(decided).toBeGreaterThan(COUNT / 4);
});

test("numbers and bools become texts where real terraform makes them such, whatever type null and what is empty have", () => {
  const dice = new Dice(SEED);
  const made = new RandomTypes(dice);
  const count = Math.ceil(COUNT / 2);
  const expressions = Array.from({ length: count }, () => made.value(1 + dice.below(3)));
  const scope = scopeWith(TYPED_VALUES);
  const wrong: unknown[] = [];
  let decided = 0;
  valuesByTerraform(expressions, TYPED_VARIABLES).forEach((value, i) => {
    const told = optionsOf(at(scope, expressions[i]!));
    if (value === undefined || told.some((one) => one.kind === "unknown" || one.kind === "some")) return;
    decided++;
    const isTold = told.some((one) => {
      const plain = plainOf(one);
      return plain === "untold" || (plain !== "fails" && JSON.stringify(plain.value) === JSON.stringify(value));
    });
    if (!isTold) wrong.push({ expression: expressions[i], value, told });
  });
  expect(wrong).toEqual([]);
  expect(decided).toBeGreaterThan(count / 5);
});

function meets(one: Value, value: unknown): boolean {
  if (one.kind === "ref") return value === IDS[one.address as keyof typeof IDS];
  const plain = plainOf(one);
  return plain !== "untold" && plain !== "fails" && JSON.stringify(plain.value) === JSON.stringify(value);
}
