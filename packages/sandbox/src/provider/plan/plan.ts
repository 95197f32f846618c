import type { TypeSchema } from "../schema/model";
import { emptyObject } from "../values/convert";
import type { ObjectValue, Value } from "../values/value";
import { isObject, UNKNOWN } from "../values/value";
import type { Step } from "./diff";
import { diffNode } from "./diff";
import type { Suppress } from "./lookup";
import { makeLookup } from "./lookup";
import { equivalent, normalizeNulls, openComputed } from "./normalize";

/** What the plan of one resource came to. */
export interface Planned {
  readonly state: Value;
  /** Paths whose change needs a new object. */
  readonly replace: readonly (readonly Step[])[];
}

/** Rules of one type beyond its schema. */
export interface PlanRules {
  /** By attribute path with dots. @default none */
  readonly suppress?: Readonly<Record<string, Suppress>>;
  /** Attributes whose planned change needs a new object all the same (the type's CustomizeDiff). @default none */
  readonly alsoReplaces?: (prior: ObjectValue, planned: ObjectValue) => readonly string[];
}

/**
 * Plans one resource as the real provider does.
 * @param prior the state, null on create
 * @param proposed terraform's proposal, null on destroy
 */
export function planResource(schema: TypeSchema, rules: PlanRules, prior: Value, proposed: Value): Planned {
  if (!isObject(proposed)) return { state: null, replace: [] };
  const before = isObject(prior) ? prior : null;
  const look = makeLookup(schema, before, proposed);
  const context = { look, suppress: rules.suppress ?? {} };
  const planned: Record<string, Value> = {};
  const changed = new Set<string>();
  const replace: (readonly Step[])[] = [];
  for (const node of schema.nodes) {
    const outcome = diffNode(node, before?.[node.name] ?? null, proposed[node.name] ?? null, {
      context,
      path: node.name,
      all: false,
    });
    planned[node.name] = outcome.value ?? (node.block ? [] : null);
    if (outcome.touched) changed.add(node.name);
    replace.push(...outcome.replace);
  }
  if (before !== null) replace.push(...(rules.alsoReplaces?.(before, planned) ?? []).map((name) => [name]));
  const id = before?.id ?? null;
  planned.id = id === null || id === "" ? UNKNOWN : id;
  if (before !== null && changed.size === 0) return { state: before, replace: [] };

  let state = normalizeNulls(schema.type, planned, proposed, false) as ObjectValue;
  if (hasTimeouts(schema)) state = { ...state, timeouts: proposed.timeouts ?? null };
  if (before === null) return { state: openComputed(schema, state), replace: [["id"]] };
  if (equivalent(schema.type, before, state)) return { state: before, replace: [] };
  return { state, replace: unique(replace.length > 0 || state.id === UNKNOWN ? [...replace, ["id"]] : []) };
}

export function hasTimeouts(schema: TypeSchema): boolean {
  return typeof schema.type !== "string" && schema.type[0] === "object" && "timeouts" in schema.type[1];
}

/** What an import says of the time limits: a block in which nothing is set. */
export function noTimeouts(schema: TypeSchema): Value {
  const type = typeof schema.type !== "string" && schema.type[0] === "object" ? schema.type[1].timeouts : undefined;
  return type === undefined ? null : emptyObject(type);
}

function unique(paths: readonly (readonly Step[])[]): readonly (readonly Step[])[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}
