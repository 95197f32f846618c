import type { Role } from "../facts";
import { markProjection } from "../file/project";
import type { JsonObject } from "../json";
import { isRecord } from "../../core/is-record";
import { type Entry, isContradictory, isRemoved, isSensitive } from "./entry";
import { itemsOf, member } from "./json-values";
import type { Origin, Origins } from "./origins";
import type { PlanIndex } from "./plan-index";

/** Attributes with texts that the rules compare. */
const ATTRIBUTES: readonly (readonly [Role, readonly string[]])[] = [
  ["address", ["service_location"]],
  ["attachment", ["association_mode", "bind_instance_region_id", "bind_instance_type"]],
];

/**
 * The plan with texts that it does not know yet although their expressions have one value: `terraform_data.x.output` is
 * known only after apply, and is the `input` that stands in the configuration.
 * @returns undefined where there are none
 */
export function withEvaluated(index: PlanIndex, origins: Origins): JsonObject | undefined {
  if (origins.showsExpressions === false) return undefined;
  const found = new Map<string, Record<string, string>>();
  for (const [role, names] of ATTRIBUTES)
    for (const entry of index.entriesOf(role)) {
      const values = valuesOf(entry, names, index, origins);
      if (values.length > 0) found.set(entry.address, Object.fromEntries(values));
    }
  if (found.size === 0) return undefined;
  const changes = itemsOf(index.plan.resource_changes).map((one) => {
    const values = isRecord(one) && one.deposed === undefined ? found.get(one.address as string) : undefined;
    return values === undefined ? one : filled(one as JsonObject, values);
  });
  return markProjection({ ...index.plan, resource_changes: changes });
}

function valuesOf(
  entry: Entry,
  names: readonly string[],
  index: PlanIndex,
  origins: Origins,
): readonly (readonly [string, string])[] {
  if (isRemoved(entry) || entry.mode !== "managed" || !index.isTrusted(entry)) return [];
  return names.flatMap((name) => {
    const isOpen = member(entry.change, "after_unknown", name) === true && !isContradictory(entry, name);
    const value = isOpen && !isSensitive(entry, name) ? valueOf(origins.originsOf(entry, name)) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
}

function valueOf([only, ...others]: readonly Origin[]): string | undefined {
  if (only?.what !== "known" || others.length > 0) return undefined;
  if (only.listed === true || !only.exact || only.hidden || only.doubt !== undefined) return undefined;
  return typeof only.value === "string" && only.value !== "" ? only.value : undefined;
}

function filled(entry: JsonObject, values: Readonly<Record<string, string>>): JsonObject {
  const change = entry.change as JsonObject;
  const unknown = Object.entries(change.after_unknown as JsonObject).filter(([name]) => !Object.hasOwn(values, name));
  const after = { ...(change.after as JsonObject), ...values };
  return { ...entry, change: { ...change, after, after_unknown: Object.fromEntries(unknown) } };
}
