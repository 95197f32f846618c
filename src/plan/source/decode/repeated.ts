import type { Repeated } from "../configuration";
import type { Section } from "../syntax";
import { fail } from "./constants";

/** How often a block is repeated. @param isData data sources of OpenTofu have `enabled` outside of `lifecycle` too */
export function repeatedOf(section: Section, lifecycle: Section | undefined, isData = false): Repeated {
  return {
    count: section.attribute("count"),
    forEach: section.attribute("for_each"),
    enabled: lifecycle?.attribute("enabled") ?? (isData ? section.attribute("enabled") : undefined),
  };
}

/** As an override file changes it; what Terraform then makes of two kinds at once is not worth knowing. */
export function mergedRepetition(base: Repeated, over: Repeated): Repeated {
  const merged = { count: over.count ?? base.count, forEach: over.forEach ?? base.forEach, enabled: base.enabled };
  // OpenTofu passes over it in an override file.
  if (over.enabled !== undefined) fail(over.enabled, "an `enabled` in an override file");
  const [, second] = [merged.count, merged.forEach, merged.enabled].filter((one) => one !== undefined);
  if (second !== undefined) fail(second, "two kinds of repetition for one block, by an override file");
  return merged;
}
