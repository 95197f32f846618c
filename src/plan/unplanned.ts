import type { PlanFacts } from "./facts";
import { asList, asObject, type JsonObject } from "./json";

/**
 * True when a binding is configured that the plan does not mention, in a block and in modules without count or for_each.
 * That is a matter of the plan as a whole (policies/rules/plan/complete), so such a plan is judged in one piece.
 */
export function hasUnplannedBinding(plan: JsonObject, facts: PlanFacts): boolean {
  const configuration = asObject(plan.configuration);
  const expected = bindingBlocks(asObject(configuration?.root_module), "", facts);
  if (expected.size === 0) return false;
  for (const change of asList(plan.resource_changes)) {
    const { type, name, module_address: module } = asObject(change) ?? {};
    const path = typeof module === "string" ? `${module}.` : "";
    if (facts.roleOf.get(type as string) === "attachment")
      expected.delete(`${path}${type as string}.${name as string}`);
  }
  return expected.size > 0;
}

function bindingBlocks(module: JsonObject | undefined, prefix: string, facts: PlanFacts): Set<string> {
  const found = new Set<string>();
  for (const one of asList(module?.resources)) {
    const block = asObject(one);
    if (block?.mode === "managed" && facts.roleOf.get(block.type as string) === "attachment" && !isRepeated(block))
      found.add(`${prefix}${block.type as string}.${block.name as string}`);
  }
  for (const [name, one] of Object.entries(asObject(module?.module_calls) ?? {})) {
    const call = asObject(one);
    if (call === undefined || isRepeated(call)) continue;
    for (const base of bindingBlocks(asObject(call.module), `${prefix}module.${name}.`, facts)) found.add(base);
  }
  return found;
}

function isRepeated(holder: JsonObject): boolean {
  return Object.hasOwn(holder, "count_expression") || Object.hasOwn(holder, "for_each_expression");
}
