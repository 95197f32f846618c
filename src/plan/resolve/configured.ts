import type { Role } from "../facts";
import { type Entry, isRemoved, isUnknown } from "./entry";
import type { FactsDocument } from "./facts-document";
import type { Origins } from "./origins";
import type { PlanIndex } from "./plan-index";

/**
 * Attributes that are known only after apply although the configuration sets them. What is left out is unknown in the plan
 * as well, and then it is for the cloud to choose.
 */
export function configuredAttributes(index: PlanIndex, origins: Origins): FactsDocument["configured"] {
  const found = (role: Role, attribute: string): readonly Entry[] =>
    index.entries.filter(
      (one) =>
        index.roleOf(one.type) === role &&
        isUnknown(one, attribute) &&
        !isRemoved(one) &&
        !origins.isLeftOut(one, attribute),
    );
  // Modules often hand on a mode that may be null, so a mere reference does not show that one is set.
  const isShown = (one: Entry): boolean =>
    origins.originsOf(one, "association_mode").every(({ listed }) => listed !== true);
  return [
    ...found("address", "bandwidth").map(({ address }) => ({ address, attribute: "bandwidth" })),
    ...found("attachment", "association_mode")
      .filter(isShown)
      .map(({ address }) => ({ address, attribute: "association_mode" })),
  ];
}
