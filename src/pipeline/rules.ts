import { expectationError } from "../core/errors";
import { readPolicyBundle } from "../policy";
import type { RuleMetadata } from "../policy";

export type { RuleMetadata } from "../policy";

/** Every rule of the compiled policy, by id. */
export function listRules(): readonly RuleMetadata[] {
  return [...readPolicyBundle().rules].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * One rule by its id, or by its last part where only one rule has it.
 * @throws AnycastError `RuleNotFound`
 */
export function findRule(id: string): RuleMetadata {
  const rules = listRules();
  const named = rules.filter((rule) => rule.id === id || rule.id.endsWith(`/${id}`));
  if (named.length === 1) return named[0]!;
  throw expectationError("RuleNotFound", {
    what: "the rule",
    rule: `one of ${rules.map((rule) => rule.id).join(", ")}`,
    got: id,
    fix: "name one of them; `anycast explain` lists them with their titles.",
  });
}
