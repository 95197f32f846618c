import { fromJson } from "../../../src/plan/resolve/evaluate/from-json";
import { arrange, repeated } from "../../../src/plan/resolve/evaluate/repeat";
import {
  bool,
  ERROR,
  type Lazy,
  number,
  optionsOf,
  text,
  unknown,
  type Value,
} from "../../../src/plan/resolve/evaluate/value";
import type { Repeated } from "../../../src/plan/source/configuration";
import type { Attribute } from "../../../src/plan/source/hcl/ast";

const WRITTEN: Attribute = {
  at: { source: { file: "main.tf", text: "x" }, start: 0, end: 1 } as never,
  expression: () => ({ kind: "null" }) as never,
};
const SINGLE: Repeated = { count: undefined, forEach: undefined, enabled: undefined };
const COUNTED = { ...SINGLE, count: WRITTEN };
const KEYED = { ...SINGLE, forEach: WRITTEN };
const ENABLED = { ...SINGLE, enabled: WRITTEN };
const LAZY: Lazy = { kind: "lazy", attribute: () => ERROR, names: undefined };

const kinds = (value: Value): string =>
  optionsOf(value)
    .map((one) => one.kind)
    .join(" or ");

describe("instances that a plan lists, as an expression sees them", () => {
  test.each<[string, Repeated, readonly string[], string]>([
    ["one", SINGLE, [""], "lazy"],
    ["none", SINGLE, [], "unknown"],
    ["one with a key that its source does not give it", SINGLE, ['["a"]'], "unknown"],
    ["one, or none by enabled", ENABLED, [], "null"],
    ["two by count", COUNTED, ["[1]", "[0]"], "list"],
    ["one by count without the first", COUNTED, ["[1]"], "unknown"],
    ["two by for_each", KEYED, ['["a"]', '["b"]'], "map"],
    ["one by for_each without a key", KEYED, [""], "unknown"],
  ])("%s", (_, source, keys, expected) => {
    const instances = keys.map((key) => ({ key }));
    expect(kinds(arrange(instances, source, true, () => LAZY))).toBe(expected);
  });
});

describe("instances of a module that its source gives", () => {
  test.each<[string, Repeated, Value, readonly string[], string]>([
    ["one", SINGLE, ERROR, [""], "lazy"],
    ["a key in the plan that the source does not give", SINGLE, ERROR, ['["a"]'], "unknown"],
    ["turned on", ENABLED, bool(true), [""], "lazy"],
    ["turned off", ENABLED, bool(false), [], "null"],
    ["turned off, and in the plan", ENABLED, bool(false), [""], "unknown"],
    ["turned on by what fails", ENABLED, ERROR, [], "error"],
    ["turned on by what cannot be determined", ENABLED, unknown("calls file"), [""], "unknown"],
    ["two by count", COUNTED, number(2n), ["[0]"], "list"],
    ["count that is a text", COUNTED, text("2"), ["[1]"], "list"],
    ["another in the plan than by count", COUNTED, number(1n), ["[1]"], "unknown"],
    ["a count that fails", COUNTED, ERROR, [], "error"],
    ["a for_each that fails", KEYED, ERROR, [], "error"],
    ["a for_each that is a text", KEYED, text("a"), [], "unknown"],
  ])("%s", (_, source, gives, keys, expected) => {
    const value = repeated(
      source,
      () => gives,
      new Set(keys),
      true,
      () => LAZY,
    );
    expect(kinds(value)).toBe(expected);
  });
});

describe("an array of a plan's JSON", () => {
  const read = (unknownParts: unknown, isList: boolean): string =>
    kinds(fromJson(["b", "a"], unknownParts, { why: "is open", isList: () => isList }));
  test("is a list where it is one for sure", () => expect(read(false, true)).toBe("list"));
  test("may be a set, whose order is known", () => expect(read(false, false)).toBe("list or list"));
  test("may be a set, whose order is open where a part is", () => expect(read([true], false)).toBe("list or some"));
});
