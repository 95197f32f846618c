import { projectPlan } from "../../../src/plan";
import { makeFacts, type Origin, type Origins, type TargetFacts } from "../../../src/plan/resolve";
import { readTypes } from "../../../src/check/read-types";
import { readPolicyBundle } from "../../../src/policy";
import { change, CLB, fixture, type Json } from "../../gate/support/plan";

const types = readTypes(readPolicyBundle());

/** Some questions are answered by `told`, the others by the plan's references. */
function targetsOf(plan: Json, told: (byReference: Origins) => Partial<Origins>): readonly TargetFacts[] {
  const { bindings } = makeFacts(projectPlan(plan, types), types, {
    sources: (_index, byReference) => ({
      originsOf: (entry, attribute) => byReference.originsOf(entry, attribute),
      originsOfRegion: (key, entry) => byReference.originsOfRegion(key, entry),
      isLeftOut: (entry, attribute) => byReference.isLeftOut(entry, attribute),
      ...told(byReference),
    }),
  });
  return bindings[0]!.targets;
}

describe("what an expression leaves open", () => {
  const BY = { by: "local.x", at: "main.tf:7" };
  const known = (value: unknown, hidden = false): Origin => ({ ...BY, what: "known", value, exact: true, hidden });
  const opaque: Origin = { ...BY, what: "opaque", why: "calls file" };
  const other: Origin = { ...BY, what: "resource", type: "alicloud_vpc", addresses: [], attribute: ".id", block: "alicloud_vpc.v" }; // prettier-ignore

  it.each<[string, Origin[], string]>([
    ["no single value", [known("a"), known("b", true)], 'local.x, which may be "a" or a sensitive value (main.tf:7)'],
    ["one of many", ["a", "b", "c", "d"].map((one) => known(one)), 'local.x, which may be "a" or "b" or "c" or another (main.tf:7)'], // prettier-ignore
    ["a value or none", [known(null), known("a")], 'local.x, which may be null or "a" (main.tf:7)'],
    ["one of a list", [known("a"), opaque], "local.x, which calls file (main.tf:7)"],
    ["an id", [other], "local.x, which may be alicloud_vpc.v.id (main.tf:7)"],
    ["without a place", [{ what: "opaque", why: "calls file", by: "local.x" }], "not a value the plan holds"],
    ["listed", [{ ...known("a"), listed: true }, opaque], "not a value the plan holds"],
    ["nothing", [], "not a value the plan holds"],
  ])("is quoted of a provider's region that is %s", (_title, origins, why) => {
    const targets = targetsOf(fixture("internal-vpc"), () => ({ originsOfRegion: () => origins }));
    const region = { value: null, from: `the region of provider alicloud is ${why}` };
    expect(targets.map((one) => one.region)).toEqual([region]);
  });

  it.each<[string, Origin[], string | null]>([
    ["internet", [known("intranet"), known("internet")], 'local.x, which may be "internet" (main.tf:7)'],
    ["an attribute", [known("intranet"), other], "local.x, which may be alicloud_vpc.v.id (main.tf:7)"],
    ["intranet", [known("intranet")], "local.x, which is known only after apply (main.tf:7)"],
    ["listed", [{ ...known("intranet"), listed: true }], null],
  ])("is quoted of an address type that may be %s", (_title, origins, value) => {
    const plan = fixture("internal-vpc");
    delete change(plan, CLB).change.after.address_type;
    change(plan, CLB).change.after_unknown.address_type = true;
    const targets = targetsOf(plan, (byReference) => ({
      originsOf: (entry, attribute) =>
        attribute === "address_type" ? origins : byReference.originsOf(entry, attribute),
      isLeftOut: () => false,
    }));
    expect(targets.map((one) => one.address_type)).toEqual([{ state: "unknown", value }]);
  });
});
