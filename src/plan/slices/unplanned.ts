import type { JsonObject } from "../json";
import type { Block, ModuleNode } from "./places";
import type { PlanIndex } from "./plan-index";

/**
 * True when a binding is configured that the plan does not mention, in a block and in modules without count or for_each.
 * That is a matter of the plan as a whole (policies/rules/plan/complete), so such a plan is judged in one piece.
 */
export function hasUnplannedBinding(index: PlanIndex): boolean {
  return holdsUnplanned(index.places.root.node!, "", index);
}

function holdsUnplanned(node: ModuleNode, prefix: string, index: PlanIndex): boolean {
  for (const block of node.blocks.values()) if (isExpected(block) && !isPlanned(block, prefix, index)) return true;
  for (const [name, called] of node.calls)
    if (!isRepeated(called.call ?? {}) && holdsUnplanned(called, `${prefix}module.${name}.`, index)) return true;
  return false;
}

function isExpected({ role, object }: Block): boolean {
  return role === "attachment" && object.mode === "managed" && !isRepeated(object);
}

/** True when something is planned of a binding's block, `prefix` being the address of its module and a dot. */
export function isPlanned(block: Block, prefix: string, index: PlanIndex): boolean {
  const { type, name } = block.object;
  return block.isPlanned || index.attachments.has(`${prefix}${type as string}.${name as string}`);
}

function isRepeated(holder: JsonObject): boolean {
  return Object.hasOwn(holder, "count_expression") || Object.hasOwn(holder, "for_each_expression");
}
