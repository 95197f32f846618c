import { projectPlan } from "../../../src/plan";
import { cutIntoParts, makeFacts } from "../../../src/plan/resolve";
import { readTypes } from "../../../src/check/read-types";
import { loadWasmPolicy, readDecision, readPolicyBundle, type Decision } from "../../../src/policy";
import { decideByParts } from "../../../src/policy/parts";
import { samplePlans } from "../../gate/model/sample";
import { SETTINGS } from "../../gate/support/evaluate";
import { mutants } from "../../gate/support/mutants";
import {
  addClb,
  ADDRESS,
  ATTACHMENT,
  block,
  change,
  CLB,
  fixture,
  fixtureNames,
  refer,
  spread,
  type Json,
} from "../../gate/support/plan";

const bundle = readPolicyBundle();
const types = readTypes(bundle);
const PROVIDER = "registry.terraform.io/aliyun/alicloud";
const WAIVED = `${ATTACHMENT}.t`;
const settings = {
  ...SETTINGS,
  facts: true,
  waivers: [{ rule: "binding/one-per-region", address: WAIVED, expires: "2027-01-01" }],
};
const data = { ...bundle.data, anycast_settings: settings };

/** What the policies are given of a plan, but for the facts. */
function inputOf(plan: Json): Json {
  const { prior_state: _state, variables: _variables, ...rest } = projectPlan(plan, types) as Json;
  return { ...rest, configuration: { root_module: {} } };
}

interface Evaluated {
  readonly decision: unknown;
  readonly parts: number;
  readonly texts: number;
}

function evaluate(plan: Json): { readonly whole: unknown; readonly cut: Evaluated } | undefined {
  const policy = loadWasmPolicy(bundle.wasm, data, bundle.entrypoint);
  let facts;
  try {
    facts = makeFacts(projectPlan(plan, types), types);
  } catch {
    return undefined;
  }
  const input = inputOf(plan);
  const whole = readDecision(policy.evaluate({ ...input, anycast_facts: facts }));
  const slices = [...cutIntoParts(input, facts, types, new Set([WAIVED]))];
  const decision = decideByParts(slices, (part) => policy.evaluate(part));
  const texts = new Set(slices.map((one) => one.text)).size;
  return { whole: inOneForm(whole), cut: { decision: inOneForm(decision!), parts: slices.length, texts } };
}

/** In one order, and of groups how many they are. */
function inOneForm({ rules, attachments, findings, evidence, waivers }: Decision): Json {
  const texts = (list: readonly object[]): string[] =>
    [...new Set(list.map((one) => JSON.stringify(Object.entries(one).sort())))].sort();
  const size = ({ addresses, ...target }: Json): Json =>
    addresses === undefined || addresses.length <= 16
      ? { ...target, ...(addresses && { addresses }) }
      : { ...target, size: addresses.length };
  return {
    rules,
    attachments,
    findings: texts(findings),
    evidence: texts(evidence.map((one) => ({ ...one, targets: texts(one.targets.map(size)) }))),
    waivers: [...waivers].sort(),
  };
}

function expectSame(plan: Json): Evaluated | undefined {
  const evaluated = evaluate(plan);
  if (evaluated !== undefined)
    expect({ plan, decision: evaluated.cut.decision }).toEqual({ plan, decision: evaluated.whole });
  return evaluated?.cut;
}

/** A plan with so many CLBs, each with a binding and an address of its own, whose blocks have names of their own. */
function wide(count: number): Json {
  const plan = fixture("internal-vpc");
  for (let i = 1; i < count; i++)
    for (const type of [CLB, ATTACHMENT, ADDRESS]) {
      const name = `n${String(i)}`;
      const entry = structuredClone(change(plan, type));
      Object.assign(entry, { name, address: `${type}.${name}` });
      plan.resource_changes.push(entry);
      const its = structuredClone(block(plan, type));
      its.name = name;
      if (type === ATTACHMENT)
        its.expressions = {
          ...its.expressions,
          bind_instance_id: { references: [`${CLB}.${name}.id`, `${CLB}.${name}`] },
          anycast_id: { references: [`${ADDRESS}.${name}.id`, `${ADDRESS}.${name}`] },
        };
      plan.configuration.root_module.resources.push(its);
    }
  return plan;
}

describe("a plan that is evaluated in parts", () => {
  it.each(fixtureNames())("gets the decision of the whole plan: %s", (name) => {
    expect(expectSame(fixture(name))).toBeDefined();
  });

  it.each([
    ["generated plans", () => samplePlans(150, 3)],
    ["mutants of real plans", () => mutants(150, 3)],
  ])("gets the decision of the whole plan for %s", (_title, make) => {
    const evaluated = make().map(expectSame);
    expect(evaluated.filter((one) => one !== undefined && one.parts > 1).length).toBeGreaterThan(50);
  });

  it("takes one evaluation for all parts that differ in names only", () => {
    const few = expectSame(wide(3))!;
    const many = expectSame(wide(40))!;
    expect(many.parts - few.parts).toBe(37);
    expect(many.texts).toBe(few.texts);
  });

  it("costs one evaluation for all module instances that hold nothing that rules read", () => {
    const withModules = (count: number): Json => {
      const plan = fixture("internal-vpc");
      for (let i = 0; i < count; i++) plan.resource_changes.push(keyInModule(`k${String(i)}`));
      return plan;
    };
    const many = expectSame(withModules(30))!;
    expect(many.parts - expectSame(withModules(3))!.parts).toBe(27);
    expect(many.texts).toBe(expectSame(withModules(2))!.texts);
  });

  it("has bindings of one address in one part, sorted by their names", () => {
    const plan = wide(12);
    for (let i = 1; i < 12; i++)
      block(plan, ATTACHMENT, { n: i }).expressions.anycast_id = block(plan, ATTACHMENT).expressions.anycast_id;
    change(plan, CLB, 5).change.after.address_type = "internet";
    expectSame(plan);
    const { findings } = evaluatedWhole(plan);
    expect(findings.filter((one) => one.rule === "binding/one-per-region")).toHaveLength(12);
  });

  it("keeps the names that a waiver uses, and waives its finding", () => {
    const plan = fixture("internal-vpc");
    const twin = spread(plan, change(plan, ATTACHMENT), [0])[0];
    Object.assign(twin, { address: WAIVED });
    const other = structuredClone(twin);
    Object.assign(other, { address: `${ATTACHMENT}.u`, name: "u" });
    plan.resource_changes.push(other);
    plan.configuration.root_module.resources.push({ ...structuredClone(block(plan, ATTACHMENT)), name: "u" });
    const { decision } = expectSame(plan)!;
    expect((decision as Decision).waivers).toEqual([0]);
  });

  it("reports a large group once per binding", () => {
    const plan = fixture("internal-vpc");
    const keys = Array.from({ length: 40 }, (_, i) => i);
    spread(plan, change(plan, CLB), keys);
    spread(plan, change(plan, ATTACHMENT), keys);
    refer(plan, { references: ["var.first", "count.index", `${CLB}.lb`] });
    plan.variables = { first: { value: 1 } };
    expectSame(plan);
  });

  it("hides a region that is sensitive in one binding in what it says of the others, and hands them over alone", () => {
    const plan = wide(12);
    for (let i = 1; i < 4; i++)
      block(plan, ATTACHMENT, { n: i }).expressions.anycast_id = block(plan, ATTACHMENT).expressions.anycast_id;
    change(plan, ATTACHMENT, 8).change.after_sensitive = { bind_instance_region_id: true };
    for (let i = 9; i < 12; i++) change(plan, ATTACHMENT, i).change.after.bind_instance_region_id = "eu-central-1";
    const { parts } = expectSame(plan)!;
    expect(parts).toBeGreaterThan(3);
    const messages = evaluatedWhole(plan).findings.map(({ message }) => message);
    expect(messages.filter((message) => message.includes("in (sensitive value), got"))).toHaveLength(4);
  });

  it("leaves names that look like placeholders unchanged", () => {
    const plan = fixture("internal-vpc");
    addClb(plan, "zq9x000001z").change.actions = ["create"];
    change(plan, CLB).change.after.address_type = "zq9x000000z";
    expectSame(plan);
  });
});

/** A resource of a type that no rule reads. */
function keyInModule(key: string): Json {
  const module = `module.m["${key}"]`;
  const identity = { mode: "managed", type: "alicloud_kms_key", name: "k", module_address: module };
  const change = { actions: ["create"], before: null, after: {}, after_unknown: { id: true } };
  return { ...identity, address: `${module}.alicloud_kms_key.k`, provider_name: PROVIDER, change };
}

function evaluatedWhole(plan: Json): Decision {
  const facts = makeFacts(projectPlan(plan, types), types);
  return readDecision(
    loadWasmPolicy(bundle.wasm, data, bundle.entrypoint).evaluate({ ...inputOf(plan), anycast_facts: facts }),
  );
}
