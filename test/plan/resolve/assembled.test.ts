import { readTypes } from "../../../src/check/read-types";
import { projectPlan } from "../../../src/plan";
import { makeFacts, type BindingFacts, type FactsContext, type Origin } from "../../../src/plan/resolve";
import { isInRegion } from "../../../src/plan/resolve/assemble/zones";
import { readPolicyBundle } from "../../../src/policy";
import { addClb, addDataSource, ATTACHMENT, block, change, CLB, fixture, type Json } from "../../gate/support/plan";

const types = readTypes(readPolicyBundle());
const HONG_KONG = "cn-hongkong";

function factsOf(plan: Json, context: FactsContext = {}): readonly BindingFacts[] {
  return makeFacts(projectPlan(plan, types), types, context).bindings;
}

const firstOf = (plan: Json, context?: FactsContext): BindingFacts => factsOf(plan, context)[0]!;

const known = (value: unknown): Origin => ({ what: "known", value, by: "local.x", exact: true, hidden: false });

/** Facts where one attribute has these origins. */
function withOrigins(attribute: string, origins: readonly Origin[]): FactsContext {
  return {
    sources: (_index, byReference) => ({
      originsOf: (entry, name) => (name === attribute ? origins : byReference.originsOf(entry, name)),
      originsOfRegion: (key, entry) => byReference.originsOfRegion(key, entry),
      isLeftOut: (entry, name) => byReference.isLeftOut(entry, name),
    }),
  };
}

function boundById(id: string): Json {
  const plan = fixture("internal-vpc");
  const { change: planned } = change(plan, ATTACHMENT);
  planned.after.bind_instance_id = id;
  delete planned.after_unknown.bind_instance_id;
  return plan;
}

test.each([
  ["ap-southeast-1a", true],
  ["ap-southeast-1-x", true],
  ["ap-southeast-10a", false],
  ["cn-hongkong-b", false],
])("zone %s in ap-southeast-1: %s", (zone, expected) => {
  expect(isInRegion(zone, "ap-southeast-1")).toBe(expected);
});

test.each(["master_zone_id", "slave_zone_id"])("%s of another region is outside", (attribute) => {
  const plan = fixture("internal-vpc");
  const { after, after_unknown: unknown } = change(plan, CLB).change;
  after[attribute] = "cn-hongkong-b";
  delete unknown[attribute];
  expect(firstOf(plan).targets[0]!.outside).toEqual([
    { address: `${CLB}.lb`, attribute, value: "cn-hongkong-b", from: "" },
  ]);
});

test.each<[string, Json, readonly string[]]>([
  ["that is known", { constant_value: HONG_KONG }, [HONG_KONG]],
  ["that cannot be determined", { references: ["var.open"] }, []],
])("a VPC with a region %s", (_, region, expected) => {
  const plan = fixture("internal-vpc");
  plan.configuration.provider_config.other = { name: "alicloud", alias: "other", expressions: { region } };
  block(plan, "alicloud_vpc").provider_config_key = "other";
  const outside = firstOf(plan).targets[0]!.outside.map(({ value }) => value);
  expect(outside).toEqual(expected);
});

test("a vSwitch that only comes from a known condition is not given", () => {
  const plan = fixture("internal-vpc");
  block(plan, CLB).expressions.vswitch_id = { references: ["var.flag"] };
  plan.variables = { flag: { value: true } };
  expect(firstOf(plan).targets[0]!.vswitch!.state).toBe("unknown");
});

test.each([
  [["create"], "given"],
  [["delete", "create"], "unknown"],
])("a vSwitch by an id that the configuration gives, while a plan does %j", (actions, state) => {
  const plan = fixture("internal-vpc");
  const { change: planned } = change(plan, "alicloud_vswitch");
  planned.actions = actions;
  if (actions.length > 1) planned.before = { id: "vsw-old" };
  expect(firstOf(plan, withOrigins("vswitch_id", [known("vsw-old")])).targets[0]!.vswitch!.state).toBe(state);
});

test("an empty region of a provider is no region", () => {
  const plan = fixture("internal-vpc");
  plan.configuration.provider_config.alicloud.expressions.region = { constant_value: "" };
  expect(firstOf(plan, { regionFromEnv: HONG_KONG }).targets[0]!.region.value).toBeNull();
});

test("each resource has the region of its own instance of a provider", () => {
  const plan = fixture("internal-vpc");
  addClb(plan, "second");
  block(plan, ATTACHMENT).expressions.bind_instance_id = {
    references: [`${CLB}.lb.id`, `${CLB}.lb`, `${CLB}.second.id`, `${CLB}.second`],
  };
  const { targets } = firstOf(plan, {
    sources: (_index, byReference) => ({
      originsOf: (entry, name) => byReference.originsOf(entry, name),
      originsOfRegion: (_key, entry) => [known(entry.address === `${CLB}.second` ? HONG_KONG : "ap-southeast-1")],
      hasInstances: () => true,
      isLeftOut: (entry, name) => byReference.isLeftOut(entry, name),
    }),
  });
  expect(targets.map(({ address, region }) => [address, region.value])).toEqual([
    [`${CLB}.lb`, "ap-southeast-1"],
    [`${CLB}.second`, HONG_KONG],
  ]);
});

test.each<[readonly string[], string | undefined]>([
  [["aeip-1"], "ChineseMainland"],
  [["aeip-1", "aeip-2"], undefined],
])("the area of a binding of %j is %s", (ids, expected) => {
  const plan = fixture("internal-vpc");
  const type = "alicloud_eipanycast_anycast_eip_addresses";
  addDataSource(plan, [], type).values = { addresses: [{ id: "aeip-1", service_location: "ChineseMainland" }] };
  expect(firstOf(plan, withOrigins("anycast_id", ids.map(known))).area).toBe(expected);
});

test.each([
  [["delete"], "is destroyed or replaced by this plan"],
  [["create", "forget"], "is destroyed or replaced by this plan"],
  [["forget"], "is a literal id that nothing in this plan proves"],
])("a load balancer whose change is %j: its id %s", (actions, problem) => {
  const plan = boundById("lb-old");
  const old = addClb(plan, "old");
  old.change = { actions, before: { id: "lb-old" }, after: null, after_unknown: {} };
  expect(firstOf(plan).problems.map((one) => one.problem)).toEqual([problem]);
});

test.each<[string, readonly string[], readonly string[]]>([
  [
    "the id of something else",
    ["alicloud_vpc.v.id", "alicloud_vpc.v"],
    ["takes alicloud_vpc.id, which is not the id of an Anycast EIP"],
  ],
  ["terraform_data, which may store the id", ["terraform_data.x.output", "terraform_data.x"], []],
  [
    "something else, next to an Anycast EIP",
    [
      "alicloud_vpc.v.id",
      "alicloud_vpc.v",
      "alicloud_eipanycast_anycast_eip_address.a.id",
      "alicloud_eipanycast_anycast_eip_address.a",
    ],
    [],
  ],
])("anycast_id that refers to %s", (_, references, expected) => {
  const plan = fixture("internal-vpc");
  block(plan, ATTACHMENT).expressions.anycast_id = { references };
  expect(firstOf(plan).problems.map((one) => one.problem)).toEqual(expected);
});

test.each([
  ["aeip-1", []],
  ["lb-1", ['may be "lb-1", which is not the id of an Anycast EIP']],
])("anycast_id that is evaluated to %s", (id, expected) => {
  const { problems } = firstOf(fixture("internal-vpc"), withOrigins("anycast_id", [known(id)]));
  expect(problems.map((one) => one.problem)).toEqual(expected);
});

const INSIDE = { id: "lb-1", address_type: "intranet" };
const OUTSIDE = { id: "lb-1", address_type: "internet" };

test.each<[string, Json, readonly (string | null)[]]>([
  ["is internet-facing", { slbs: [{ id: "lb-1", internet: true }] }, ["internet"]],
  ["is not said to be internet-facing", { slbs: [{ id: "lb-1", internet: false }] }, [null]],
  ["is internal by the newer list", { slbs: [{ id: "lb-1" }], balancers: [INSIDE] }, ["intranet"]],
  [
    "is both by the newer list",
    { slbs: [{ id: "lb-1" }], balancers: [INSIDE, OUTSIDE] },
    ["intranet", "internet", null],
  ],
])("a load balancer that a data source read and that %s", (_, values, expected) => {
  const plan = boundById("lb-1");
  addDataSource(plan, []).values = values;
  expect(firstOf(plan).targets.map((one) => one.address_type!.value)).toEqual(expected);
});
