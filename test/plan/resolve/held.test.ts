import { projectPlan } from "../../../src/plan";
import { makeFacts, type BindingFacts, type Origin } from "../../../src/plan/resolve";
import { readTypes } from "../../../src/check/read-types";
import { readPolicyBundle } from "../../../src/policy";
import { plans } from "../../gate/support/causes";
import { addClb, addDataSource, ADDRESS, ATTACHMENT, change, CLB, fixture, type Json } from "../../gate/support/plan";

const types = readTypes(readPolicyBundle());
const SOURCE = "alicloud_eipanycast_anycast_eip_addresses";
const BY = `data.${SOURCE}.d`;

type Row = readonly [anycast: string, instance: string, region: string];

/** A plan that binds lb-1 to aeip-1 in Singapore, with a data source that lists these bindings. */
function plan(rows: readonly Row[]): Json {
  const made = fixture("internal-vpc");
  plans(ADDRESS, { id: "aeip-1", status: "Associated" })(made);
  plans(CLB, { id: "lb-1" })(made);
  plans(ATTACHMENT, { anycast_id: "aeip-1", bind_instance_id: "lb-1" })(made);
  const addresses = [...new Set(rows.map(([id]) => id))].map((id) => ({
    id,
    anycast_eip_bind_info_list: rows
      .filter(([of]) => of === id)
      .map(([, bind_instance_id, bind_instance_region_id]) => ({
        bind_instance_id,
        bind_instance_region_id,
        bind_instance_type: "SlbInstance",
      })),
  }));
  addDataSource(made, [], SOURCE).values = { addresses };
  return made;
}

function bindingOf(made: Json, id?: Origin): BindingFacts {
  const sources = (_index: unknown, byReference: Json): Json => ({
    originsOf: (entry: Json, attribute: string) =>
      attribute === "bind_instance_id" ? [id] : byReference.originsOf(entry, attribute),
    originsOfRegion: (key: Json, entry: Json) => byReference.originsOfRegion(key, entry),
    isLeftOut: (entry: Json, attribute: string) => byReference.isLeftOut(entry, attribute),
  });
  return makeFacts(projectPlan(made, types), types, id === undefined ? {} : { sources }).bindings[0]!;
}

const row = ([anycast, instance, region]: Row): Json => ({ anycast, instance, region, by: BY });
const SAME_PLACE: Row = ["aeip-1", "lb-2", "ap-southeast-1"];
const SAME_INSTANCE: Row = ["aeip-2", "lb-1", "cn-hongkong"];
const OTHER_REGION: Row = ["aeip-1", "lb-3", "cn-hongkong"];

describe("what bindings of other configurations hold", () => {
  it.each<[string, readonly Row[], BindingFacts["held"]]>([
    ["nothing where none is listed", [], {}],
    ["the region of the Anycast EIP", [SAME_PLACE], { place: row(SAME_PLACE), default: row(SAME_PLACE) }],
    ["the instance", [SAME_INSTANCE], { instance: row(SAME_INSTANCE) }],
    ["the Default binding", [OTHER_REGION], { default: row(OTHER_REGION) }],
    ["nothing of another Anycast EIP and instance", [["aeip-2", "lb-2", "ap-southeast-1"]], {}],
  ])("is %s", (_, rows, held) => {
    expect(bindingOf(plan(rows)).held).toEqual(held);
  });

  it.each([["no-op"], ["update"], ["delete"], ["forget"]])(
    "is not what this state holds, whose binding is planned as %s",
    (action) => {
      const made = plan([SAME_PLACE]);
      const old = structuredClone(change(made, ATTACHMENT));
      Object.assign(old, { address: `${ATTACHMENT}.old`, name: "old" });
      Object.assign(old.change, { actions: [action], before: { id: [...SAME_PLACE, "SlbInstance"].join(":") } });
      made.resource_changes.push(old);
      expect(bindingOf(made).held).toEqual({});
    },
  );

  it("concerns no binding that is there already", () => {
    const made = plan([SAME_PLACE]);
    change(made, ATTACHMENT).change.actions = ["no-op"];
    expect(bindingOf(made).held).toEqual({});
  });

  it("may be one of the instances that an expression chooses among", () => {
    const made = plan([SAME_INSTANCE]);
    plans(ATTACHMENT, { bind_instance_id: undefined })(made);
    addClb(made, "other", { id: "lb-9" });
    const origin = { what: "resource", type: CLB, attribute: ".id", block: `${CLB}.lb`, by: "local.lb" } as const;
    const held = (...addresses: string[]): unknown => bindingOf(made, { ...origin, addresses }).held.instance;
    expect(held(`${CLB}.lb`, `${CLB}.other`)).toEqual(row(SAME_INSTANCE));
    expect(held(`${CLB}.other`)).toBeUndefined();
  });

  it("is an instance that only a data source knows", () => {
    const made = plan([["aeip-2", "lb-8", "cn-hongkong"]]);
    plans(ATTACHMENT, { bind_instance_id: undefined })(made);
    const { resources } = made.prior_state.values.root_module;
    addDataSource(made, [{ id: "lb-8", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" }]);
    made.prior_state.values.root_module.resources.push(...resources);
    const held = bindingOf(made, { what: "known", value: "lb-8", by: "local.id", exact: true, hidden: false }).held;
    expect(held.instance).toEqual(row(["aeip-2", "lb-8", "cn-hongkong"]));
  });

  it("is nothing where the list of an Anycast EIP is empty", () => {
    const made = plan([]);
    made.prior_state.values.root_module.resources[0].values.addresses = [
      { id: "aeip-1", anycast_eip_bind_info_list: [] },
    ];
    expect(bindingOf(made).unbound).toBe(BY);
    expect(bindingOf(plan([SAME_PLACE])).unbound).toBeUndefined();
  });
});
