import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { asObject, projectPlan, readPlan } from "../../../src/plan";
import { parseAtOnce } from "../../../src/plan/file/document/parse-at-once";
import { readDocument } from "../../../src/plan/file/document/read-document";
import { fixture, type Json } from "../../gate/support/plan";
import { FACTS } from "../support/facts";
import { randomPlan } from "../support/random-plan";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
const OTHER = "alicloud_oss_bucket";

/** Of a plan as it is written, which is parsed at once, and with white space, so that it is scanned. */
function read(plan: unknown): Json {
  const parsed = readDocument(Buffer.from(JSON.stringify(plan)), FACTS);
  const scanned = readDocument(Buffer.from(JSON.stringify(plan, null, 2)), FACTS);
  expect(parsed).toEqual(scanned);
  return parsed;
}

function codeOf(text: string): string | undefined {
  try {
    readPlan(Buffer.from(text), "plan.json", FACTS);
    return undefined;
  } catch (thrown) {
    return (thrown as { code?: string }).code;
  }
}

function other(edit: Json = {}): Json {
  const entry = { address: `${OTHER}.b`, mode: "managed", type: OTHER, name: "b", provider_name: "p" };
  return { ...entry, change: { actions: ["create"], before: null, after: { bucket: "b" } }, ...edit };
}

/** A plan with a resource of another type in its root module, of which one entry says that the module is there. */
function planWithOther(): Json {
  const plan = fixture("internal-vpc");
  plan.resource_changes.push(other({ address: `${OTHER}.first`, name: "first" }));
  return plan;
}

function keptOf(entry: Json): Json[] {
  const plan = planWithOther();
  const before = (read(plan).resource_changes as Json[]).length;
  plan.resource_changes.push(entry);
  return (read(plan).resource_changes as Json[]).slice(before);
}

describe("the parts of a plan that are read", () => {
  test.each([
    ["no change after", other({ change: { actions: ["delete"], after: null } })],
    ["a number as key", other({ address: `${OTHER}.b[0]` })],
    ["a string as key", other({ address: `${OTHER}.b["a.b/c"]` })],
    ["a string with quotes and brackets as key", other({ address: `${OTHER}.b["a\\"]["]` })],
    ["a data source", other({ mode: "data", address: `data.${OTHER}.b` })],
  ])("an ordinary entry of another type is left out: %s", (_, entry) => {
    expect(keptOf(entry)).toEqual([]);
  });

  test.each([
    ["its address does not match", other({ address: `${OTHER}.c` })],
    ["its address has a suffix", other({ address: `${OTHER}.bb` })],
    ["its module is the empty string", other({ module_address: "" })],
    ["its key is not closed", other({ address: `${OTHER}.b["a"` })],
    ["its key is not a number", other({ address: `${OTHER}.b[a]` })],
    ["its key is empty", other({ address: `${OTHER}.b[]` })],
    ["it has no actions", other({ change: { actions: [], after: null } })],
    ["its actions are not a list", other({ change: { actions: "create", after: null } })],
    ["after is missing", other({ change: { actions: ["create"] } })],
    ["after is a list", other({ change: { actions: ["create"], after: [] } })],
    ["after is a string", other({ change: { actions: ["create"], after: "x" } })],
    ["it has no change", other({ change: null })],
    ["its mode is unknown", other({ mode: "ephemeral" })],
    ["its type is not a string", other({ type: 5 })],
    ["its name is missing", other({ name: undefined })],
    ["it is not an object", "entry"],
    ["it is null", null],
  ])("an entry of another type is kept completely when %s", (_, entry) => {
    expect(keptOf(entry)).toEqual([JSON.parse(JSON.stringify(entry))]);
  });

  test("a block's expressions are read in any order of its keys", () => {
    const plan = fixture("internal-vpc");
    const turned = fixture("internal-vpc");
    const { root_module: module } = turned.configuration as { root_module: { resources: Json[] } };
    module.resources = module.resources.map((block) => Object.fromEntries(Object.entries(block).reverse()));
    expect(read(turned).configuration).toEqual(read(plan).configuration);
  });

  test("one entry shows that a module instance exists", () => {
    const inside = (name: string): Json =>
      other({ address: `module.m["a"].${OTHER}.${name}`, module_address: 'module.m["a"]', name });
    const plan = planWithOther();
    const before = (read(plan).resource_changes as Json[]).length;
    plan.resource_changes.push(inside("b"), inside("c"));
    const added = (read(plan).resource_changes as Json[]).slice(before);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ module_address: 'module.m["a"]', type: "anycast_marker" });
  });

  test.each([
    ["destroyed", ["delete"], null, 0],
    ["forgotten", ["forget"], null, 0],
    ["replaced", ["delete", "create"], {}, 1],
    ["left as it is", ["no-op"], {}, 1],
    ["planned in a way of its own", ["delete"], {}, 1],
  ])("a module instance whose only resource is %s: %j, %j, %d", (_, actions, after, count) => {
    const address = `module.m["a"].${OTHER}.b`;
    const plan = planWithOther();
    const change = { actions, before: {}, after };
    plan.resource_changes.push(other({ address, module_address: 'module.m["a"]', change }));
    const spelled = JSON.stringify(plan).replaceAll('m[\\"a', "m[\\u0022a");
    for (const text of [JSON.stringify(plan), spelled]) {
      const { resource_changes: kept } = readDocument(Buffer.from(text), FACTS) as { resource_changes: Json[] };
      expect(kept.filter((one) => one.module_address === 'module.m["a"]')).toHaveLength(count);
    }
  });

  test.each([
    ["no-op", [["no-op"], ["delete"], ["forget"]]],
    ["create", [["no-op"], ["create"], ["delete"]]],
    ["create", [["update"]]],
    ["create", [["delete", "create"]]],
    ["create", [["unheard-of"]]],
  ])("one entry gives the actions of everything left out: %s of %j", (told, planned) => {
    const entries = planned.map((actions, i) =>
      other({ address: `${OTHER}.b["${String(i)}"]`, change: { actions, before: null, after: {} } }),
    );
    const quiet = other({ mode: "data", address: `data.${OTHER}.b`, change: { actions: ["create"], after: {} } });
    const plan = { ...fixture("internal-vpc"), resource_changes: [...entries, quiet] };
    const spelled = JSON.stringify(plan, null, 2).replaceAll('b[\\"', "b[\\u0022");
    for (const text of [JSON.stringify(plan), spelled])
      expect(readDocument(Buffer.from(text), FACTS)).toMatchObject({
        resource_changes: [{ address: "anycast_marker.instance", change: { actions: [told] } }],
      });
  });

  test("an entry with an escaped type is recognised", () => {
    const text = JSON.stringify(fixture("internal-vpc"));
    const spelled = text.replaceAll('"type":"alicloud_slb', '"\\u0074ype":"\\u0061licloud_slb');
    expect(spelled).not.toBe(text);
    expect(readDocument(Buffer.from(spelled), FACTS)).toEqual(readDocument(Buffer.from(text), FACTS));
  });

  test("attributes that no rule reads are left out, and planned_values are empty", () => {
    const projection = read(fixture("internal-vpc"));
    expect(projection.planned_values).toEqual({});
    const attributes = (projection.resource_changes as Json[]).flatMap(({ change }) =>
      Object.keys((asObject(change?.after) ?? {}) as object),
    );
    expect(attributes).toContain("address_type");
    expect(attributes).not.toContain("load_balancer_name");
  });

  test("a projection is not reduced again", () => {
    const projection = projectPlan(fixture("internal-vpc"), FACTS);
    expect(projectPlan(projection, FACTS)).toBe(projection);
    expect(read(projection)).toEqual(projection);
  });

  test("a projection of any plan is its own projection", () => {
    fc.assert(
      fc.property(randomPlan, (plan) => {
        expect(read(read(plan))).toEqual(read(plan));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a document is parsed at once where the same text comes out when it is written again", () => {
  const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  test.each([
    ["as Node writes it", '{"a":[1,true,null,"x>\u2028"],"b":{}}'],
    ["as Go writes it", '{"a":"\\u003e= 1.2 \\u0026\\u2028"}\n'],
    ["of many levels", nested(400)],
  ])("%s", (_, text) => {
    expect(parseAtOnce(Buffer.from(text), 0)).toEqual({ document: JSON.parse(text) as unknown });
  });

  test.each([
    ["a name twice", '{"a":1,"a":1}'],
    ["a name twice, of which one has an escape", '{"a":1,"\\u0061":1}'],
    ["a name twice that is a prototype", '{"__proto__":1,"__proto__":{}}'],
    ["names that Node puts in order", '{"10":1,"9":1}'],
    ["a number that no double holds", '{"a":12345678901234567890}'],
    ["a number written in another way", '{"a":1.0}'],
    ["a negative zero", '{"a":-0}'],
    ["white space", '{"a": 1}'],
    ["text after the end", "{} {}"],
    ["a missing end", '{"a":1'],
    ["no value", ""],
    ["more levels than are read", nested(501)],
    ["so many levels that Node cannot write them", nested(100_000)],
    ["more than 4 MiB", `"${"a".repeat(2 ** 22)}"`],
  ])("not one with %s", (_, text) => {
    expect(parseAtOnce(Buffer.from(text), 0)).toBeUndefined();
  });
});

describe("input that is refused before the check", () => {
  const good = JSON.stringify(fixture("internal-vpc"));
  test.each([
    ["a duplicate key", good.replace('"errored":false', '"errored":true,"errored":false'), "DuplicateKey"],
    [
      "a duplicate key in a part that is not read",
      good.replace('"planned_values":{', '"planned_values":{"a":1,"a":2,'),
      "DuplicateKey",
    ],
    [
      "a duplicate attribute",
      good.replace('"address_type":"intranet"', '"address_type":"internet","\\u0061ddress_type":"intranet"'),
      "DuplicateKey",
    ],
    [
      "nesting that is too deep",
      good.replace('"planned_values":{', `"planned_values":{"x":${"[".repeat(600)}${"]".repeat(600)},`),
      "PlanTooDeep",
    ],
    [
      "a number that no double can hold",
      good.replaceAll('"address_type":"intranet"', '"address_type":"intranet","x":1e999'),
      "PlanNumberNotExact",
    ],
    ["text after the end", `${good} {}`, "PlanNotJson"],
    ["a missing end", good.slice(0, -2), "PlanNotJson"],
  ])("%s", (_, text, code) => {
    expect(text).not.toBe(good);
    expect(codeOf(text)).toBe(code);
  });

  test("a byte order mark is accepted", () => {
    expect(codeOf(`\ufeff${good}`)).toBeUndefined();
  });
});

test("every attribute that the policies use is read", () => {
  const named =
    /\b(?:plan\.)?(?:planned|unknown|shown|sensitive)\([a-z_.]+, "([a-z_]+)"\)|\bsources\([a-z_]+, "([a-z_]+)"\)/g;
  const listed = new Set(Object.values(FACTS.attributes).flat());
  const followed = new Set(Object.values(FACTS.expressions).flat());
  const files = readdirSync(POLICIES, { recursive: true, encoding: "utf8" }).filter(
    (name) => /^(?:lib|rules)\/.*\.rego$/.test(name) && !name.endsWith("_test.rego"),
  );
  const matches = files.flatMap((name) => [...readFileSync(join(POLICIES, name), "utf8").matchAll(named)]);
  const attributes = matches.flatMap(([, attribute]) => (attribute === undefined ? [] : [attribute]));
  const expressions = matches.flatMap(([, , expression]) => (expression === undefined ? [] : [expression]));
  expect(attributes.length).toBeGreaterThan(20);
  expect(expressions.length).toBeGreaterThan(2);
  expect(attributes.filter((name) => !listed.has(name))).toEqual([]);
  expect(expressions.filter((name) => !followed.has(name))).toEqual([]);
});
