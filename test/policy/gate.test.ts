import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openGate, readPolicyBundle } from "../../src/policy";
import { cutIntoParts, makeFacts, planFacts, type FactsDocument, type Part } from "../../src/plan";
import type { GateInput, PolicyBundle, Settings } from "../../src/policy";

const SHIPPED = join(__dirname, "..", "..", "policies", "wasm");
const SETTINGS: Settings = {
  regions: "quick_start",
  levels: {},
  waivers: [],
  region_from_env: null,
  network_interfaces: false,
  bandwidth: {},
  window: null,
  today: "2026-01-01",
  live: {},
};
type Plan = Record<string, unknown>;
const TYPES = planFacts(readPolicyBundle().data);
const prepare = (plan: Plan): GateInput => ({ plan, facts: makeFacts(plan, TYPES) });
const whole = (input: Plan, facts: object): Iterable<Part> => cutIntoParts(input, facts as FactsDocument, TYPES);

function fixture(name: string): Record<string, unknown> {
  const path = join(__dirname, "..", "fixtures", "plans", `${name}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
}

describe("the committed policy", () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "anycast-policy-"));
    cpSync(SHIPPED, copy, { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  it.each(["policy.wasm", "data.json", "rules.json"])(
    "is not loaded when %s is not the file in its manifest",
    (name) => {
      writeFileSync(join(copy, name), Buffer.concat([readFileSync(join(copy, name)), Buffer.from(" ")]));
      expect(() => readPolicyBundle(copy)).toThrow(expect.objectContaining({ code: "PolicyNotLoaded" }));
    },
  );

  it.each(["policy.wasm", "data.json", "rules.json", "manifest.json"])("is not loaded without %s", (name) => {
    rmSync(join(copy, name));
    expect(() => readPolicyBundle(copy)).toThrow(expect.objectContaining({ code: "PolicyNotLoaded" }));
  });

  it("lists every rule with its metadata, description and fix", () => {
    const { rules } = readPolicyBundle();
    expect(rules.map((rule) => rule.id)).toEqual(
      expect.arrayContaining([
        "binding/internal-only",
        "binding/vpc-only",
        "binding/supported-region",
        "plan/complete",
      ]),
    );
    for (const rule of rules) expect(Object.values(rule).every((text) => text !== "")).toBe(true);
  });
});

describe("the gate", () => {
  it("does not open with a policy that allows the canary that must be denied", () => {
    const blind = (plan: Plan): GateInput => prepare({ ...plan, resource_changes: [] });
    expect(() => openGate(readPolicyBundle(), SETTINGS, blind, whole)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(CanaryWrong|DecisionIncomplete)$/) as string }),
    );
  });

  it("does not open with a policy that denies everything", () => {
    const broken = (plan: Plan): GateInput => prepare({ ...plan, errored: true });
    expect(() => openGate(readPolicyBundle(), SETTINGS, broken, whole)).toThrow(
      expect.objectContaining({ code: "CanaryWrong" }),
    );
  });

  it("does not open when a built-in rule was not evaluated", () => {
    const bundle = readPolicyBundle();
    const first = bundle.rules[0];
    if (first === undefined) throw new Error("no rules");
    const more: PolicyBundle = { ...bundle, rules: [...bundle.rules, { ...first, id: "binding/unheard-of" }] };
    expect(() => openGate(more, SETTINGS, prepare, whole)).toThrow(
      expect.objectContaining({ code: "DecisionIncomplete" }),
    );
  });

  it("allows no binding without facts", () => {
    const gate = openGate(readPolicyBundle(), SETTINGS, prepare, whole);
    const { plan, facts } = prepare(fixture("internal-vpc"));
    const decision = gate.evaluate({ plan, facts: { ...facts, bindings: [] } });
    expect(decision.evidence).toEqual([]);
    expect(decision.findings.map(({ rule, level }) => [rule, level])).toContainEqual(["plan/complete", "deny"]);
  });

  it("ignores facts inside a plan", () => {
    const gate = openGate(readPolicyBundle(), SETTINGS, prepare, whole);
    const good = prepare(fixture("internal-vpc")).facts;
    const { plan, facts } = prepare(fixture("internet-facing"));
    const decision = gate.evaluate({ plan: { ...plan, anycast_facts: good }, facts });
    expect(decision.findings.map(({ rule }) => rule)).toContain("binding/internal-only");
  });

  it("throws when a binding is lost on the way to the policy", () => {
    const gate = openGate(readPolicyBundle(), SETTINGS, prepare, whole);
    const { plan, facts } = prepare(fixture("internal-vpc"));
    const lossy = { ...plan };
    // The policy is given a list without the binding; the gate counts those of the plan.
    let asked = 0;
    Object.defineProperty(lossy, "resource_changes", {
      enumerable: true,
      get: () => (asked++ === 0 ? [] : plan.resource_changes),
    });
    expect(() => gate.evaluate({ plan: lossy, facts })).toThrow(
      expect.objectContaining({ code: "DecisionIncomplete" }),
    );
  });

  it("continues with a new policy instance after one that failed", () => {
    let deep: object = {};
    for (let i = 0; i < 4_000; i++) deep = { deep };
    const gate = openGate(readPolicyBundle(), SETTINGS, prepare, whole);
    const { plan, facts } = prepare(fixture("internal-vpc"));
    expect(() => gate.evaluate({ plan: { ...plan, complete: deep }, facts })).toThrow(
      expect.objectContaining({ code: "PolicyFailed" }),
    );
    expect(gate.evaluate({ plan, facts }).evidence).toHaveLength(1);
  });
});
