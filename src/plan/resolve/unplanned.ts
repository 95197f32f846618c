import type { JsonObject } from "../json";
import { QUIET } from "../file/document/strip";
import { isRecord } from "../../core/is-record";
import { holds, itemsOf, member } from "./json-values";
import { callNames, type ModulePath, modulePath, modulePrefix, ROOT } from "./module-path";
import type { PlanIndex } from "./plan-index";

/**
 * Configured bindings that the plan must list and does not. Blocks and modules with count or for_each may have no
 * instances.
 */
export function unplannedBindings(index: PlanIndex): readonly string[] {
  if (!mustShowAll(index.plan)) return [];
  const planned = new Set<string>();
  for (const { module, mode, type, name } of index.entriesOf("attachment")) {
    const path = modulePath(module);
    if (path !== undefined) planned.add(blockKey(path, mode, type, name));
  }
  const found = new Set<string>();
  const visit = (module: unknown, path: ModulePath): void => {
    for (const block of itemsOf(member(module, "resources"))) {
      if (!isRecord(block) || index.roleOf(block.type as string) !== "attachment" || isRepeated(block)) continue;
      const { mode, type, name } = block;
      if (typeof name !== "string" || typeof mode !== "string" || planned.has(blockKey(path, mode, type, name)))
        continue;
      found.add(`${modulePrefix(path)}${String(type)}.${name}`);
    }
    const calls = member(module, "module_calls");
    if (!isRecord(calls)) return;
    for (const [name, call] of Object.entries(calls))
      if (!isRepeated(call)) visit(member(call, "module"), [...path, { name, key: "" }]);
  };
  visit(member(index.plan, "configuration", "root_module"), ROOT);
  return [...found];
}

/**
 * A plan that makes or changes anything lists every configured binding, if only as unchanged. One that destroys lists
 * what the state holds. One that only refreshes lists nothing, so nothing of it is checked.
 */
function mustShowAll(plan: JsonObject): boolean {
  const changes = itemsOf(plan.resource_changes);
  const isListed =
    Object.hasOwn(plan, "resource_changes") && !(Array.isArray(plan.resource_changes) && changes.length === 0);
  if (!isListed && plan.applyable !== false) return true;
  const makes = changes.some(
    (entry) =>
      member(entry, "mode") === "managed" &&
      itemsOf(member(entry, "change", "actions")).some((action) => !QUIET.has(action)),
  );
  return makes || isByOpenTofu(plan);
}

/** OpenTofu does not write `complete`; its plans name their providers by OpenTofu's registry. */
function isByOpenTofu(plan: JsonObject): boolean {
  if (Object.hasOwn(plan, "complete")) return false;
  const names = itemsOf(member(plan, "configuration", "provider_config")).map((one) => member(one, "full_name"));
  const isOf = (registry: string): boolean =>
    names.some((name) => typeof name === "string" && name.startsWith(`${registry}/`));
  return isOf("registry.opentofu.org") && !isOf("registry.terraform.io");
}

function isRepeated(block: unknown): boolean {
  return holds(member(block, "count_expression")) || holds(member(block, "for_each_expression"));
}

function blockKey(path: ModulePath, mode: unknown, type: unknown, name: unknown): string {
  return [callNames(path), mode, type, name].map(String).join("|");
}
