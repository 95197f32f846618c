import { openEvaluator } from "./support/evaluate";
import { ATTACHMENT, block, change, CLB, fixture, type Json } from "./support/plan";

/** A value of every JSON type, empty and not. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  1e6,
  "",
  "x",
  [],
  [null],
  ["x"],
  {},
  { x: 1 },
  { x: true },
];

interface Place {
  /** The object and the key in it that a rule reads. */
  readonly at: (plan: Json) => readonly [Json, string];
  /** @default internal-vpc */
  readonly of?: string;
  /** Values that are as good as the real one, in JSON. @default none */
  readonly fine?: readonly unknown[];
}

/** An unknown marker that marks nothing. */
const NOTHING_UNKNOWN = [false, [], {}];
const ANYTHING = VALUES;

const provider = (p: Json): Json => p.configuration.provider_config.alicloud;

const PLACES: Readonly<Record<string, Place>> = {
  format_version: { at: (p) => [p, "format_version"] },
  errored: { at: (p) => [p, "errored"], fine: [false] },
  complete: { at: (p) => [p, "complete"], fine: [true] },
  deferred_changes: { at: (p) => [p, "deferred_changes"], fine: [[]] },
  // A plan that only refreshes has no changes, whatever is configured.
  resource_changes: { at: (p) => [p, "resource_changes"], fine: [[]] },
  configuration: { at: (p) => [p, "configuration"] },
  "the root module": { at: (p) => [p.configuration, "root_module"] },
  "the root module's blocks": { at: (p) => [p.configuration.root_module, "resources"] },
  provider_config: { at: (p) => [p.configuration, "provider_config"] },
  "a provider's configuration": { at: (p) => [p.configuration.provider_config, "alicloud"] },
  "a provider's expressions": { at: (p) => [provider(p), "expressions"] },
  "a provider's region": { at: (p) => [provider(p).expressions, "region"] },
  "a provider's region's value": { at: (p) => [provider(p).expressions.region, "constant_value"] },
  "a provider's module": { at: (p) => [provider(p), "module_address"], fine: ANYTHING },
  ...changeOf("the binding's", ATTACHMENT),
  "the binding's type": { at: (p) => [change(p, ATTACHMENT), "type"] },
  "the binding's mode": { at: (p) => [change(p, ATTACHMENT), "mode"] },
  "the binding's instance type": { at: (p) => [change(p, ATTACHMENT).change.after, "bind_instance_type"] },
  "the binding's region": { at: (p) => [change(p, ATTACHMENT).change.after, "bind_instance_region_id"] },
  "the binding's unknown id": {
    at: (p) => [change(p, ATTACHMENT).change.after_unknown, "bind_instance_id"],
    fine: VALUES.filter((value) => !NOTHING_UNKNOWN.some((one) => JSON.stringify(one) === JSON.stringify(value))),
  },
  "the binding's known id": { of: "noop-good", at: (p) => [change(p, ATTACHMENT).change.after, "bind_instance_id"] },
  ...unknownOf("the binding's region, unknown", ATTACHMENT, "bind_instance_region_id"),
  ...unknownOf("the binding's instance type, unknown", ATTACHMENT, "bind_instance_type"),
  ...blockOf("the binding's block's", ATTACHMENT),
  "the binding's expressions": { at: (p) => [block(p, ATTACHMENT), "expressions"] },
  "the binding's expression": { at: (p) => [block(p, ATTACHMENT).expressions, "bind_instance_id"] },
  "the binding's references": { at: (p) => [block(p, ATTACHMENT).expressions.bind_instance_id, "references"] },
  "one of the binding's references": { at: (p) => [block(p, ATTACHMENT).expressions.bind_instance_id.references, "0"] },
  "a value next to the binding's references": {
    at: (p) => [block(p, ATTACHMENT).expressions.bind_instance_id, "constant_value"],
    // No text that could make another value.
    fine: ANYTHING,
  },
  ...changeOf("the CLB's", CLB),
  "the CLB's type": { at: (p) => [change(p, CLB), "type"] },
  "the CLB's mode": { at: (p) => [change(p, CLB), "mode"] },
  "the CLB's provider": { at: (p) => [change(p, CLB), "provider_name"] },
  "the CLB's address type": { at: (p) => [change(p, CLB).change.after, "address_type"] },
  ...unknownOf("the CLB's address type, unknown", CLB, "address_type"),
  "the CLB's vSwitch": { of: "noop-good", at: (p) => [change(p, CLB).change.after, "vswitch_id"] },
  "the CLB's vSwitch, unknown": {
    at: (p) => [change(p, CLB).change.after_unknown, "vswitch_id"],
    fine: VALUES.filter((value) => !NOTHING_UNKNOWN.some((one) => JSON.stringify(one) === JSON.stringify(value))),
  },
  "the CLB's id": { of: "noop-good", at: (p) => [change(p, CLB).change.after, "id"] },
  ...blockOf("the CLB's block's", CLB),
  "the CLB's provider key": { at: (p) => [block(p, CLB), "provider_config_key"] },
  "the CLB's vSwitch's expression": { at: (p) => [block(p, CLB).expressions, "vswitch_id"] },
  "the CLB's vSwitch's references": { at: (p) => [block(p, CLB).expressions.vswitch_id, "references"] },
  "the vSwitch's provider": { at: (p) => [change(p, "alicloud_vswitch"), "provider_name"] },
  "the vSwitch's type": { at: (p) => [change(p, "alicloud_vswitch"), "type"] },
  "a module's calls": { of: "module-output-good", at: (p) => [p.configuration.root_module, "module_calls"] },
  "a module's call": { of: "module-output-good", at: (p) => [p.configuration.root_module.module_calls, "m"] },
  "a module": { of: "module-output-good", at: (p) => [p.configuration.root_module.module_calls.m, "module"] },
  "a module's outputs": {
    of: "module-output-good",
    at: (p) => [p.configuration.root_module.module_calls.m.module, "outputs"],
  },
  "a module's output": {
    of: "module-output-good",
    at: (p) => [p.configuration.root_module.module_calls.m.module.outputs, "id"],
  },
  "a module's output's expression": {
    of: "module-output-good",
    at: (p) => [p.configuration.root_module.module_calls.m.module.outputs.id, "expression"],
  },
  "a module's address": { of: "module-output-good", at: (p) => [change(p, CLB), "module_address"] },
};

function changeOf(whose: string, type: string): Record<string, Place> {
  return {
    [`${whose} change`]: { at: (p) => [change(p, type), "change"] },
    [`${whose} actions`]: { at: (p) => [change(p, type).change, "actions"], fine: [["x"], [null]] },
    [`${whose} values`]: { at: (p) => [change(p, type).change, "after"] },
    [`${whose} unknown values`]: { at: (p) => [change(p, type).change, "after_unknown"] },
    [`${whose} address`]: { at: (p) => [change(p, type), "address"] },
    [`${whose} name`]: { at: (p) => [change(p, type), "name"] },
  };
}

function blockOf(whose: string, type: string): Record<string, Place> {
  return {
    [`${whose} type`]: { at: (p) => [block(p, type), "type"] },
    [`${whose} name`]: { at: (p) => [block(p, type), "name"] },
    [`${whose} mode`]: { at: (p) => [block(p, type), "mode"] },
  };
}

function unknownOf(what: string, type: string, attribute: string): Record<string, Place> {
  return { [what]: { at: (p) => [change(p, type).change.after_unknown, attribute], fine: NOTHING_UNKNOWN } };
}

describe("a wrong type in a place that a rule reads is never allowed", () => {
  const evaluate = openEvaluator();
  const whole = openEvaluator("plan");

  test.each(Object.entries(PLACES))("%s", (_name, { at, of = "internal-vpc", fine = [] }) => {
    const allowed = VALUES.filter((value) => {
      const plan = fixture(of);
      const [holder, key] = at(plan);
      holder[key] = value;
      const { verdict } = evaluate(plan);
      // The gate reads more of a plan than the policies by themselves, and so refuses more of what is wrong.
      if (verdict === "allowed") expect(whole(plan).verdict).toBe("allowed");
      return verdict === "allowed";
    });
    const shown = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value));
    expect(shown(fine)).toEqual(expect.arrayContaining(shown(allowed)));
  });

  test.each(Object.entries(PLACES))("%s, missing", (name, { at, of = "internal-vpc" }) => {
    const plan = fixture(of);
    const [holder, key] = at(plan);
    delete holder[key];
    const harmless = ["deferred_changes", "unknown$", "next to", "a provider's module"].some((one) =>
      new RegExp(one).test(name),
    );
    if (name === "the CLB's vSwitch, unknown") expect(evaluate(plan).verdict).toBe("denied");
    else if (harmless) expect(evaluate(plan).verdict).toBe("allowed");
    else expect(evaluate(plan).verdict).not.toBe("allowed");
  });
});
