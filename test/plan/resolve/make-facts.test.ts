import { projectPlan } from "../../../src/plan";
import {
  makeFacts,
  type BindingFacts,
  type FactsContext,
  type Origin,
  type TargetFacts,
} from "../../../src/plan/resolve";
import { readTypes } from "../../../src/check/read-types";
import { readPolicyBundle } from "../../../src/policy";
import {
  addClb,
  addDataSource,
  ADDRESS,
  ATTACHMENT,
  block,
  change,
  CLB,
  fixture,
  refer,
  spread,
  type Json,
} from "../../gate/support/plan";

const types = readTypes(readPolicyBundle());

function bindingsOf(plan: Json, context: FactsContext = {}): readonly BindingFacts[] {
  return makeFacts(projectPlan(plan, types), types, context).bindings;
}

function bindingOf(plan: Json, context: FactsContext = {}): BindingFacts {
  return bindingsOf(plan, context)[0]!;
}

/** Everything that is asked for comes from these. */
function from(origins: readonly Origin[], plan: Json = fixture("internal-vpc")): BindingFacts {
  return bindingOf(plan, {
    sources: (_index, byReference) => ({
      originsOf: (entry, attribute) =>
        attribute === "bind_instance_id" ? origins : byReference.originsOf(entry, attribute),
      originsOfRegion: (key, entry) => byReference.originsOfRegion(key, entry),
      isLeftOut: (entry, attribute) => byReference.isLeftOut(entry, attribute),
    }),
  });
}

const LB: Origin = {
  what: "resource",
  type: CLB,
  addresses: [`${CLB}.lb`],
  attribute: ".id",
  block: `${CLB}.lb`,
  by: "local.lb.id",
};

describe("the facts of a binding", () => {
  it("give the CLB that its id refers to, and what the plan says about it", () => {
    expect(bindingOf(fixture("internal-vpc"))).toEqual({
      address: `${ATTACHMENT}.t`,
      anycast: [`${ADDRESS}.a`],
      held: {},
      targets: [
        {
          address: `${CLB}.lb`,
          type: CLB,
          via: "reference",
          by: `${CLB}.lb.id`,
          address_type: { state: "known", value: "intranet" },
          shown_address_type: "intranet",
          vswitch: { state: "given", value: "alicloud_vswitch.s" },
          region: { value: "ap-southeast-1", from: "provider alicloud" },
          outside: [],
          trusted: true,
          exists: false,
        },
      ],
      problems: [],
      visible: false,
    });
  });

  it("are complete where values are known without an expression", () => {
    expect(bindingOf(fixture("noop-good"))).toMatchObject({ visible: true, problems: [], targets: [{ via: "id" }] });
  });

  it.each<[string, Origin, Partial<BindingFacts>]>([
    [
      "an evaluated reference",
      LB,
      { targets: [expect.objectContaining({ by: "local.lb.id" }) as TargetFacts], problems: [] },
    ],
    [
      "an expression that is not evaluated, with its place and its fix",
      { what: "opaque", why: "joins texts", by: 'join("", var.x)', at: "main.tf:3", fix: "refer to the CLB." },
      {
        targets: [],
        problems: [
          {
            problem: "joins texts",
            by: 'join("", var.x)',
            at: "main.tf:3",
            fix: "refer to the CLB.",
          },
        ],
      },
    ],
    [
      "an evaluated expression whose value is an id",
      { what: "known", value: "lb-1", by: "var.id", exact: true, hidden: false },
      { targets: [], problems: [{ problem: "is a literal id that nothing in this plan proves", by: "lb-1" }] },
    ],
    [
      "an evaluated expression that may be null",
      { what: "known", value: null, by: "null", exact: true, hidden: false },
      { targets: [], problems: [{ problem: "is not an id", by: "null" }] },
    ],
    [
      "a CLB that will not exist",
      { ...LB, addresses: [] },
      {
        problems: [
          { problem: "refers to a load balancer that will not exist, or not in this plan", by: "local.lb.id" },
        ],
      },
    ],
    [
      "another type under a CLB's address",
      { ...LB, addresses: ["alicloud_vswitch.s"] },
      {
        problems: [
          { problem: "refers to a load balancer that will not exist, or not in this plan", by: "local.lb.id" },
        ],
      },
    ],
  ])("give the result of %s", (_title, origin, expected) => {
    expect(from([origin])).toMatchObject(expected);
  });

  const BY = { by: "local.vswitch", at: "main.tf:7" };
  it.each<[string, Origin, string]>([
    ["null", { what: "known", value: null, by: "null", exact: true, hidden: false }, "(known only after apply)"],
    [
      "null",
      { ...BY, what: "known", value: null, exact: true, hidden: false },
      "local.vswitch, which may be null (main.tf:7)",
    ],
    [
      "secret",
      { ...BY, what: "known", value: "s", exact: true, hidden: true },
      "local.vswitch, which may be a sensitive value (main.tf:7)",
    ],
    ["anything", { ...BY, what: "opaque", why: "calls file" }, "local.vswitch, which calls file (main.tf:7)"],
    [
      "an attribute of something else",
      { ...BY, what: "resource", type: "alicloud_vpc", addresses: [], attribute: ".status", block: "alicloud_vpc.v" },
      "local.vswitch, which may be alicloud_vpc.v.status (main.tf:7)",
    ],
  ])("treat a vSwitch that may be %s as unknown, and say which part may be that", (_title, other, value) => {
    const plan = fixture("internal-vpc");
    const { targets } = bindingOf(plan, {
      sources: (_index, byReference) => ({
        originsOf: (entry, attribute) =>
          attribute === "vswitch_id"
            ? [...byReference.originsOf(entry, attribute), other]
            : byReference.originsOf(entry, attribute),
        originsOfRegion: (key, entry) => byReference.originsOfRegion(key, entry),
        isLeftOut: (entry, attribute) => byReference.isLeftOut(entry, attribute),
      }),
    });
    expect(targets.map((one) => one.vswitch)).toEqual([{ state: "unknown", value }]);
  });
});

describe("many bindings that may each reach many CLBs", () => {
  const KEYS = Array.from({ length: 300 }, (_, i) => i);

  function many(plan: Json): Json {
    spread(plan, change(plan, CLB), KEYS);
    spread(plan, change(plan, ATTACHMENT), KEYS);
    block(plan, CLB).count_expression = { constant_value: KEYS.length };
    block(plan, ATTACHMENT).count_expression = { constant_value: KEYS.length };
    refer(plan, { references: ["var.first", "count.index", `${CLB}.lb`] });
    plan.variables = { first: { value: 1 } };
    return plan;
  }

  it("share one group of all CLBs with the same facts", () => {
    const bindings = bindingsOf(many(fixture("internal-vpc")));
    expect(bindings).toHaveLength(KEYS.length);
    const groups = new Set(bindings.flatMap((one) => one.targets));
    expect(groups.size).toBe(1);
    expect([...groups][0]).toMatchObject({
      address: `${CLB}.lb[0]`,
      addresses: KEYS.map((key) => `${CLB}.lb[${String(key)}]`),
    });
  });

  it("separate the one that is internet-facing", () => {
    const plan = many(fixture("internal-vpc"));
    change(plan, CLB, 7).change.after.address_type = "internet";
    const { targets } = bindingsOf(plan)[0]!;
    expect(targets.map((one) => [one.address, one.addresses?.length, one.address_type?.value])).toEqual([
      [`${CLB}.lb[0]`, 299, "intranet"],
      [`${CLB}.lb[7]`, undefined, "internet"],
    ]);
  });

  it("separate the ones without a vSwitch where all others have their own", () => {
    const plan = many(fixture("internal-vpc"));
    KEYS.forEach((key) => {
      const { after, after_unknown: unknown } = change(plan, CLB, key).change;
      after.vswitch_id = key === 9 ? null : `vsw-${String(key)}`;
      delete unknown.vswitch_id;
    });
    const { targets } = bindingsOf(plan)[0]!;
    expect(targets.map((one) => [one.address, one.vswitch])).toEqual([
      [`${CLB}.lb[0]`, { state: "given", value: "vsw-0 and 298 more" }],
      [`${CLB}.lb[9]`, { state: "none", value: "null" }],
    ]);
  });
});

describe("a plan with a duplicate address is refused", () => {
  it.each<[string, (plan: Json) => void]>([
    ["two entries with one address", (plan) => plan.resource_changes.push(structuredClone(change(plan, CLB)))],
    ["two blocks with one address", (plan) => plan.configuration.root_module.resources.push(block(plan, CLB))],
  ])("%s", (_title, edit) => {
    const plan = fixture("internal-vpc");
    edit(plan);
    expect(() => bindingsOf(plan)).toThrow(expect.objectContaining({ code: "AddressListedTwice" }));
  });

  it("except for a deposed object next to its replacement", () => {
    const plan = fixture("internal-vpc");
    const old = addClb(plan, "old");
    Object.assign(old, { address: `${CLB}.lb`, name: "lb", deposed: "abcd1234" });
    plan.configuration.root_module.resources.pop();
    expect(bindingOf(plan).targets).toHaveLength(1);
  });
});

describe("the area of a known Anycast EIP", () => {
  const areaOf = (read: readonly Json[], id = "aeip-1"): string | undefined => {
    const plan = fixture("internal-vpc");
    const { change: planned } = change(plan, ATTACHMENT);
    planned.after.anycast_id = id;
    delete planned.after_unknown.anycast_id;
    const type = "alicloud_eipanycast_anycast_eip_addresses";
    addDataSource(plan, [], type).values = { addresses: read };
    return bindingOf(plan).area;
  };
  const mainland = { id: "aeip-1", service_location: "ChineseMainland" };
  const international = { id: "aeip-1", service_location: "international" };

  it.each<[string, readonly Json[], string | undefined]>([
    ["is what a data source has read", [mainland, { ...international, id: "aeip-2" }], "ChineseMainland"],
    ["is not that of another id", [{ ...mainland, id: "aeip-2" }], undefined],
    ["is open where two lists differ", [mainland, international], undefined],
    ["is open where it is no area", [{ ...mainland, service_location: "mars" }], undefined],
  ])("%s", (_, read, expected) => {
    expect(areaOf(read)).toBe(expected);
  });
});
