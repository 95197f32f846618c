import { ANYCAST_FACTS } from "../../src";
import type { AnycastArea, AssociationMode } from "../../src";

/** Each key of a record over a union type: the compiler complains when one is missing or too many. */
const areas: Record<AnycastArea, true> = { international: true, ChineseMainland: true };
const modes: Record<AssociationMode, true> = { Default: true, Normal: true };

describe("The facts in policies/data", () => {
  it.each([
    ["areas", Object.keys(areas), ANYCAST_FACTS.address.areas.map((area) => area.id)],
    ["association modes", Object.keys(modes), ANYCAST_FACTS.binding.association_modes],
  ])("equal the types of the constructs: %s", (_, typed, facts) => {
    expect(facts).toEqual(typed);
  });

  it("list the three regions of the quick start, all of them in the current list", () => {
    const { quick_start: quickStart, current } = ANYCAST_FACTS.regions;
    expect(quickStart.map((region) => region.id)).toEqual(["cn-hongkong", "ap-southeast-1", "eu-central-1"]);
    expect(current).toEqual(expect.arrayContaining(quickStart));
  });
});
