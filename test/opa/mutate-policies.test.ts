import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCases } from "../../tools/mutate-policies/cases";
import { mutantsOf } from "../../tools/mutate-policies/mutants";
import { mutate, type Allowed, type Outcome } from "../../tools/mutate-policies/run";

const POLICIES = join(__dirname, "..", "..", "policies");

const POLICY = `package shop

default open := false

open if {
	# Both matter to customers.
	input.hour >= 9
	input.hour < 18
}

welcome := "good day" if {
	open
	input.name != ""
} else := "closed"

size(null) := -1

size(list) := count([one | some one in list; one != "é"; one != "x"]) if is_array(list)
`;

const SIZE = 'size(list) := count([one | some one in list; one != "é"; one != "x"])';

const TEST = `package shop_test

import data.shop

test_it_opens_at_nine if {
	shop.open with input as {"hour": 9}
	shop.open == false with input as {"hour": 8}
}

test_a_customer_is_welcome if {
	shop.welcome == "good day" with input as {"hour": 9, "name": "Ann"}
	shop.welcome == "closed" with input as {"hour": 8, "name": "Ann"}
}

test_sizes if {
	shop.size(null) == -1
	shop.size(["a", "x", "é"]) == 1
}
`;

let policies: string;
beforeEach(() => {
  policies = mkdtempSync(join(tmpdir(), "anycast-mutate-test-"));
  writeFileSync(join(policies, "shop.rego"), POLICY);
  writeFileSync(join(policies, "shop_test.rego"), TEST);
});
afterEach(() => rmSync(policies, { recursive: true, force: true }));

const run = (allowed: readonly Allowed[] = []): Promise<Outcome> => mutate({ policies, cases: [], allowed });
const changes = ({ survivors }: Outcome): string[] => survivors.map(({ row, change }) => `${String(row)}: ${change}`);

describe("the tool that removes conditions from policies", () => {
  it("finds every condition, every body and every default, and changes nothing else", () => {
    const mutants = mutantsOf(policies, "shop.rego");
    expect(mutants.map(({ row, change }) => `${String(row)}: ${change}`)).toEqual([
      "3: open#1 without its default",
      "5: open#2 never",
      "7: open#2 without input.hour >= 9",
      "8: open#2 without input.hour < 18",
      "11: welcome#1 never",
      "12: welcome#1 without open",
      '13: welcome#1 without input.name != ""',
      "14: welcome#2 never",
      "16: size#1 never",
      "18: size#2 never",
      "18: size#2 without is_array(list)",
      "18: size#2 without some one in list",
      '18: size#2 without one != "é"',
      '18: size#2 without one != "x"',
    ]);
    const changed = mutants.map(({ text }) => text.split("\n").filter((line, i) => line !== POLICY.split("\n")[i]));
    expect(changed).toEqual([
      [""],
      ["\tfalse; input.hour >= 9"],
      ["\ttrue"],
      ["\ttrue"],
      ["\tfalse; open"],
      ["\ttrue"],
      ["\ttrue"],
      ['} else := "closed" if false'],
      ["size(null) := -1 if false"],
      [`${SIZE} if { false; is_array(list) }`],
      [`${SIZE} if true`],
      ['size(list) := count([one | true; one != "é"; one != "x"]) if is_array(list)'],
      ['size(list) := count([one | some one in list; true; one != "x"]) if is_array(list)'],
      ['size(list) := count([one | some one in list; one != "é"; true]) if is_array(list)'],
    ]);
  });

  it("reports mutations that no test detects", async () => {
    const outcome = await run();
    expect(changes(outcome)).toEqual(["8: open#2 without input.hour < 18", '13: welcome#1 without input.name != ""']);
    expect(outcome).toMatchObject({ killed: 11, invalid: 1, explained: 0, idle: [] });
  });

  it("accepts an explanation for exactly the mutation it names", async () => {
    const late = { file: "shop.rego", change: "open#2 without input.hour < 18", why: "Nobody stays that long." };
    const outcome = await run([late]);
    expect(changes(outcome)).toEqual(['13: welcome#1 without input.name != ""']);
    expect(outcome).toMatchObject({ explained: 1, idle: [] });
  });

  it("reports explanations of detected and of unknown mutations", async () => {
    const missed = { file: "shop.rego", change: "open#2 without input.hour >= 9", why: "Nobody comes that early." };
    const gone = { file: "shop.rego", change: "open#2 without input.holiday", why: "There are no holidays." };
    expect((await run([missed, gone])).idle).toEqual([missed, gone]);
  });

  it("refuses policies whose tests fail unchanged", async () => {
    writeFileSync(join(policies, "shop_test.rego"), TEST.replace('{"hour": 8}', '{"hour": 10}'));
    await expect(run()).rejects.toThrow("data.shop_test.test_it_opens_at_nine");
  });
});

describe("the plans with a known verdict", () => {
  const cases = readCases(POLICIES);

  it("include those of the tables, the examples and the real plans, each with a binding", () => {
    expect(cases.length).toBeGreaterThan(400);
    for (const { title, plan, denied, denied_by, found } of cases) {
      expect({ title, says: denied !== undefined || (denied_by ?? found ?? []).length > 0 }).toEqual({
        title,
        says: true,
      });
      expect(plan).toBeInstanceOf(Object);
    }
  });
});
