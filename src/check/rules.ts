import { expectationError } from "../core/errors";
import { nearest } from "../core/yaml";
import { readPolicyBundle } from "../policy";
import type { RuleMetadata } from "../policy";

export type { RuleMetadata } from "../policy";

/** Every rule of the compiled policy, by id. */
export function listRules(): readonly RuleMetadata[] {
  return [...readPolicyBundle().rules].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The rule whose findings are about the plan as a whole: they have no address, and a waiver needs one. */
const WHOLE_PLAN = "plan/complete";

/** Whether a finding of a rule can be waived in anycast.yaml. */
export function isWaivable({ id }: Pick<RuleMetadata, "id">): boolean {
  return id !== WHOLE_PLAN;
}

/**
 * One rule by its id, or by its last part where only one rule has it.
 * @throws AnycastError `RuleNotFound`
 */
export function findRule(id: string): RuleMetadata {
  const rules = listRules();
  const named = rules.filter((rule) => rule.id === id || rule.id.endsWith(`/${id}`));
  if (named.length === 1) return named[0]!;
  const near = meant(
    id,
    rules.map((rule) => rule.id),
  );
  throw expectationError("RuleNotFound", {
    what: "the rule",
    rule: `one of ${rules.map((rule) => rule.id).join(", ")}`,
    got: id,
    fix: `${near === undefined ? "" : `did you mean ${near}? `}\`anycast explain\` lists them with their titles.`,
  });
}

/** The id that was probably meant: it, or its last part, is similar to what was given. */
function meant(given: string, ids: readonly string[]): string | undefined {
  const whole = nearest(given, ids);
  if (whole !== undefined) return whole;
  const lastOf = (id: string): string => id.slice(id.indexOf("/") + 1);
  const last = nearest(lastOf(given), ids.map(lastOf));
  return last === undefined ? undefined : ids.find((id) => lastOf(id) === last);
}
