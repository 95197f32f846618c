import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openGate, readPolicyBundle } from "../../src/policy";
import type { PolicyBundle, Settings } from "../../src/policy";

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
const whole = (plan: Record<string, unknown>): Record<string, unknown> => plan;

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
    "is not read when %s is not the file its manifest names",
    (name) => {
      writeFileSync(join(copy, name), Buffer.concat([readFileSync(join(copy, name)), Buffer.from(" ")]));
      expect(() => readPolicyBundle(copy)).toThrow(expect.objectContaining({ code: "PolicyNotLoaded" }));
    },
  );

  it.each(["policy.wasm", "data.json", "rules.json", "manifest.json"])("is not read without %s", (name) => {
    rmSync(join(copy, name));
    expect(() => readPolicyBundle(copy)).toThrow(expect.objectContaining({ code: "PolicyNotLoaded" }));
  });

  it("names every rule by its metadata, with why and fix", () => {
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
  it("does not open for a policy that allows the canary which must be denied", () => {
    const blind = (plan: Record<string, unknown>): Record<string, unknown> => ({ ...plan, resource_changes: [] });
    expect(() => openGate(readPolicyBundle(), SETTINGS, blind)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(CanaryWrong|DecisionIncomplete)$/) as string }),
    );
  });

  it("does not open for a policy that denies everything", () => {
    const broken = (plan: Record<string, unknown>): Record<string, unknown> => ({ ...plan, errored: true });
    expect(() => openGate(readPolicyBundle(), SETTINGS, broken)).toThrow(
      expect.objectContaining({ code: "CanaryWrong" }),
    );
  });

  it("does not open when a rule that ships did not take part", () => {
    const bundle = readPolicyBundle();
    const first = bundle.rules[0];
    if (first === undefined) throw new Error("no rules");
    const more: PolicyBundle = { ...bundle, rules: [...bundle.rules, { ...first, id: "binding/unheard-of" }] };
    expect(() => openGate(more, SETTINGS, whole)).toThrow(expect.objectContaining({ code: "DecisionIncomplete" }));
  });

  it("decides nothing when a binding is lost on the way to the policy", () => {
    let lose = false;
    const gate = openGate(readPolicyBundle(), SETTINGS, (plan) => (lose ? { ...plan, resource_changes: [] } : plan));
    lose = true;
    expect(() => gate.judge(fixture("internal-vpc"))).toThrow(expect.objectContaining({ code: "DecisionIncomplete" }));
  });

  it("goes on with a fresh policy after one that failed", () => {
    let deep: object = {};
    for (let i = 0; i < 200_000; i++) deep = { deep };
    let broken = false;
    const gate = openGate(readPolicyBundle(), SETTINGS, (plan) => (broken ? { ...plan, deep } : plan));
    broken = true;
    expect(() => gate.judge(fixture("internal-vpc"))).toThrow(expect.objectContaining({ code: "PolicyFailed" }));
    broken = false;
    expect(gate.judge(fixture("internal-vpc")).evidence).toHaveLength(1);
  });
});
