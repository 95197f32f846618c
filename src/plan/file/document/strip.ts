import type { PlanFacts, Role } from "../../facts";
import type { JsonObject } from "../../json";
import { asObject } from "../../json";

/** What identifies an entry of resource_changes; all of it is kept. */
const IDENTITY = ["address", "module_address", "mode", "type", "name", "provider_name", "deposed"] as const;
/** What follows the address of a block in the address of one of its instances. */
const INSTANCE_KEY = /^\[(?:[0-9]+|"(?:[^"\\]|\\[^])*")\]$/;
/** Actions that make and change nothing. */
export const QUIET: ReadonlySet<unknown> = new Set(["no-op", "delete", "forget", "read"]);
export const BLOCK = [
  "mode",
  "type",
  "name",
  "provider_config_key",
  "count_expression",
  "for_each_expression",
] as const;

/** Copies those of the named members that are there. Lists of names are ours, so a plan cannot bring its own. */
export function pick(from: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) if (Object.hasOwn(from, name)) picked[name] = from[name];
  return picked;
}

/** True when an entry of resource_changes is what Terraform writes; plan/complete must see all others as they are. */
export function isOrdinary(entry: JsonObject): boolean {
  return ordinaryKeyOf(entry) !== undefined;
}

/** The instance key of an ordinary entry, as `instanceKeyOf`; nothing for a data source; undefined for other entries. */
export function ordinaryKeyOf(entry: JsonObject): string | undefined {
  const { address, type, name, mode } = entry;
  if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") return undefined;
  const change = asObject(entry.change);
  const after = change?.after;
  const isPlanned =
    change !== undefined &&
    Array.isArray(change.actions) &&
    change.actions.length > 0 &&
    typeof after === "object" &&
    !Array.isArray(after);
  if (!isPlanned) return undefined;
  if (mode === "data") return "";
  return mode === "managed" ? instanceKeyOf(entry) : undefined;
}

/** True for actions that make and change nothing. */
export function isQuiet(actions: readonly unknown[]): boolean {
  return actions.every((action) => QUIET.has(action));
}

/** True for a change after which nothing is there, by known removing actions only. */
export function isRemoval(after: unknown, actions: unknown): boolean {
  return (
    after === null &&
    Array.isArray(actions) &&
    actions.length > 0 &&
    actions.every((action) => action === "delete" || action === "forget")
  );
}

/** What follows the block's address in that of an entry: `["x"]`, `[0]` or nothing; undefined when it is not its own. */
function instanceKeyOf({ address, module_address: module, type, name }: JsonObject): string | undefined {
  const whole = address as string;
  let at = 0;
  if (typeof module === "string") {
    if (!whole.startsWith(module) || whole[module.length] !== ".") return undefined;
    at = module.length + 1;
  }
  if (!whole.startsWith(type as string, at)) return undefined;
  at += (type as string).length;
  if (whole[at] !== "." || !whole.startsWith(name as string, at + 1)) return undefined;
  at += 1 + (name as string).length;
  if (at === whole.length) return "";
  const key = whole.slice(at);
  return INSTANCE_KEY.test(key) ? key : undefined;
}

/** An ordinary entry of resource_changes with only the attributes that rules read; any other entry unchanged. */
export function stripChange(entry: JsonObject, role: Role, facts: PlanFacts): JsonObject {
  if (!isOrdinary(entry)) return entry;
  const names = facts.attributes[role];
  const { actions, before, after } = entry.change as JsonObject;
  const change: JsonObject = { actions };
  const earlier = pick(asObject(before) ?? {}, facts.before);
  if (Object.keys(earlier).length > 0) change.before = earlier;
  change.after = after === null ? null : pick(after as JsonObject, names);
  for (const marker of ["after_unknown", "after_sensitive"]) {
    const value = (entry.change as JsonObject)[marker];
    const object = asObject(value);
    if (object !== undefined) change[marker] = pick(object, names);
    else if (Object.hasOwn(entry.change as JsonObject, marker)) change[marker] = value;
  }
  return { ...pick(entry, IDENTITY), change };
}

/** A block of the configuration with only the expressions that rules follow. */
export function stripBlock(block: JsonObject, role: Role, facts: PlanFacts): JsonObject {
  const stripped = pick(block, BLOCK);
  const expressions = asObject(block.expressions);
  if (expressions !== undefined) stripped.expressions = pick(expressions, facts.expressions[role]);
  else if (Object.hasOwn(block, "expressions")) stripped.expressions = block.expressions;
  return stripped;
}

/** A data source of the prior state, reduced to its values about load balancers, vSwitches, zones and regions. */
export function stripSeen(resource: JsonObject, facts: PlanFacts): JsonObject {
  const stripped = pick(resource, ["address", "mode", "type", "name", "provider_name"]);
  const values = asObject(resource.values);
  if (values === undefined) return resource;
  const lists = pick(values, ["current"]);
  for (const [name, attributes] of Object.entries(facts.seen)) {
    if (!Object.hasOwn(values, name)) continue;
    const list = values[name];
    lists[name] = Array.isArray(list)
      ? list.map((item: unknown) => {
          const object = asObject(item);
          return object === undefined ? item : pick(object, attributes);
        })
      : list;
  }
  return { ...stripped, values: lists };
}
