import { projectPlan } from "../../../src/plan";
import { makeFacts } from "../../../src/plan/resolve";
import { readTypes } from "../../../src/check/read-types";
import { readPolicyBundle } from "../../../src/policy";
import { ATTACHMENT, block, change, CLB, fixture, refer, references, spread } from "../../gate/support/plan";

const types = readTypes(readPolicyBundle());
const COUNT = 60;

/** As many of everything, of which each may be in any of the next. */
function plan(zone: string): object {
  const all = fixture("internal-vpc");
  const keys = Array.from({ length: COUNT }, (_, i) => i);
  for (const type of [ATTACHMENT, CLB, "alicloud_vswitch", "alicloud_vpc"]) {
    block(all, type).count_expression = { constant_value: COUNT };
    const one = change(all, type);
    if (type === "alicloud_vswitch") one.change.after.zone_id = zone;
    spread(all, one, keys);
  }
  refer(all, references(`${CLB}.lb`, "var.i"));
  block(all, CLB).expressions.vswitch_id = references("alicloud_vswitch.s", "var.i");
  block(all, "alicloud_vswitch").expressions.vpc_id = references("alicloud_vpc.v", "var.i");
  all.variables = { i: { value: 1 } };
  return all;
}

test.each([
  ["is in its region", "ap-southeast-1a", []],
  [
    "has a zone of another region",
    "cn-hongkong-b",
    [{ address: "alicloud_vswitch.s[0]", attribute: "zone_id", value: "cn-hongkong-b", from: "" }],
  ],
])("a vSwitch that many load balancers may be in and that %s is examined once for all of them", (_, zone, outside) => {
  let asked = 0;
  const { bindings } = makeFacts(projectPlan(plan(zone) as never, types), types, {
    sources: (_index, byReference) => ({
      originsOf: (entry, attribute) => {
        if (attribute === "vpc_id") asked++;
        return byReference.originsOf(entry, attribute);
      },
      originsOfRegion: (key, entry) => byReference.originsOfRegion(key, entry),
      isLeftOut: (entry, attribute) => byReference.isLeftOut(entry, attribute),
    }),
  });
  expect(bindings).toHaveLength(COUNT);
  for (const target of bindings.flatMap(({ targets }) => targets)) {
    expect(target.outside).toEqual(outside);
    // Named in one text that does not grow with their number.
    expect(target.vswitch).toEqual({ state: "given", value: `alicloud_vswitch.s[0] (any of ${String(COUNT)})` });
  }
  expect(asked).toBe(COUNT);
});
