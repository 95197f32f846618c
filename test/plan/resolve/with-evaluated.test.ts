import { readTypes } from "../../../src/check/read-types";
import { projectPlan } from "../../../src/plan";
import { evaluatePlan, type Origin } from "../../../src/plan/resolve";
import { readPolicyBundle } from "../../../src/policy";
import { ATTACHMENT, change, fixture, type Json } from "../../gate/support/plan";

const types = readTypes(readPolicyBundle());
const ONE: Origin = { what: "known", value: "ap-southeast-1", by: "local.x", exact: true, hidden: false };

/** What the plan then says of the region of its binding, which it does not know by itself. */
function regionOf(origins: readonly Origin[], edit: (entry: Json) => void = () => undefined): Json {
  const plan = fixture("internal-vpc");
  const entry = change(plan, ATTACHMENT);
  delete entry.change.after.bind_instance_region_id;
  entry.change.after_unknown.bind_instance_region_id = true;
  edit(entry);
  const evaluated = evaluatePlan(projectPlan(plan, types), types, {
    sources: (_index, byReference) => ({
      originsOf: (one, name) => (name === "bind_instance_region_id" ? origins : byReference.originsOf(one, name)),
      originsOfRegion: (key, one) => byReference.originsOfRegion(key, one),
      isLeftOut: (one, name) => byReference.isLeftOut(one, name),
    }),
  });
  const { after, after_unknown: unknown } = (evaluated.plan.resource_changes as Json[]).find(
    (one) => one.type === ATTACHMENT,
  ).change;
  return [after?.bind_instance_region_id, unknown.bind_instance_region_id];
}

test("a text that an expression surely gives is filled into the plan", () => {
  expect(regionOf([ONE])).toEqual(["ap-southeast-1", undefined]);
});

test.each<[string, readonly Origin[]]>([
  ["one of two", [ONE, { ...ONE, value: "cn-hongkong" }]],
  ["sensitive", [{ ...ONE, hidden: true }]],
  ["not the whole value", [{ ...ONE, exact: false }]],
  ["listed by its reference only", [{ ...ONE, listed: true }]],
  ["one of several for a reason", [{ ...ONE, doubt: "`var.x` is open" }]],
  ["empty", [{ ...ONE, value: "" }]],
  ["null", [{ ...ONE, value: null }]],
  ["a number", [{ ...ONE, value: 1 }]],
  ["open", [{ what: "opaque", why: "calls file", by: "file(var.x)" }]],
  ["nothing", []],
])("a value that is %s is not", (_, origins) => {
  expect(regionOf(origins)).toEqual([undefined, true]);
});

test.each<[string, (entry: Json) => void]>([
  ["is sensitive", (entry) => (entry.change.after_sensitive = { bind_instance_region_id: true })],
  ["is of a fork of the provider", (entry) => (entry.provider_name = "registry.terraform.io/evil/alicloud")],
  ["is that of a data source", (entry) => (entry.mode = "data")],
])("an attribute that %s is left as it is", (_, edit) => {
  expect(regionOf([ONE], (entry) => edit(entry))[0]).toBeUndefined();
});
