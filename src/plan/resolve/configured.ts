import type { Role } from "../facts";
import { type Entry, isRemoved, isUnknown } from "./entry";
import type { FactsDocument } from "./facts-document";
import type { Origins } from "./origins";
import type { PlanIndex } from "./plan-index";

const ATTRIBUTES: readonly (readonly [Role, string])[] = [
  ["address", "bandwidth"],
  ["attachment", "association_mode"],
];

/**
 * Attributes that are known only after apply although the configuration sets them. What is left out is unknown in the plan
 * as well, and then it is for the cloud to choose.
 */
export function configuredAttributes(index: PlanIndex, origins: Origins): FactsDocument["configured"] {
  // Modules often hand on a mode that may be null, so a mere reference does not show that one is set.
  const isShown = (entry: Entry, attribute: string): boolean =>
    attribute !== "association_mode" || origins.originsOf(entry, attribute).every(({ listed }) => listed !== true);
  return ATTRIBUTES.flatMap(([role, attribute]) =>
    index
      .entriesOf(role)
      .filter((entry) => isUnknown(entry, attribute) && !isRemoved(entry))
      .filter((entry) => !origins.isLeftOut(entry, attribute) && isShown(entry, attribute))
      .map(({ address }) => ({ address, attribute })),
  );
}
