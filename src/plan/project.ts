import type { JsonObject } from "./json";
import { asList, asObject } from "./json";

/** The resource types whose instances or blocks a policy reads. */
export interface ReadTypes {
  readonly managed: ReadonlySet<string>;
  readonly data: ReadonlySet<string>;
}

/** What follows the address of a block in the address of one of its instances. */
const INSTANCE_KEY = /^\[(?:[0-9]+|"(?:[^"\\]|\\[^])*")\]$/;

/**
 * The part of a plan that the policies read, so that a plan of 100,000 resources is judged in the time of its
 * bindings. What is left out is surely ordinary; anything odd is kept for plan/complete to see. That the verdict is
 * that of the whole plan is proven by tests that compare both.
 */
export function projectPlan(plan: JsonObject, types: ReadTypes): JsonObject {
  const {
    planned_values: _never,
    output_changes: _o,
    resource_drift: _d,
    relevant_attributes: _r,
    checks: _c,
    ...envelope
  } = plan;
  return {
    ...envelope,
    ...(Object.hasOwn(plan, "resource_changes")
      ? { resource_changes: projectChanges(plan.resource_changes, types) }
      : {}),
    ...(Object.hasOwn(plan, "configuration") ? { configuration: projectConfiguration(plan.configuration, types) } : {}),
    ...(Object.hasOwn(plan, "prior_state") ? { prior_state: projectState(plan.prior_state, types) } : {}),
  };
}

function projectChanges(changes: unknown, types: ReadTypes): unknown {
  if (!Array.isArray(changes)) return changes;
  const modules = new Set<string>();
  return changes.filter((change: unknown) => {
    const entry = asObject(change);
    if (entry === undefined || !isOrdinary(entry)) return true;
    if (isRead(entry, types)) return true;
    // One resource of each module instance is enough to tell that the instance exists.
    const address = entry.module_address;
    if (typeof address !== "string" || modules.has(address)) return false;
    modules.add(address);
    return true;
  });
}

function isRead(entry: JsonObject, types: ReadTypes): boolean {
  const type = entry.type as string;
  return types.managed.has(type) || types.data.has(type);
}

function isOrdinary(entry: JsonObject): boolean {
  const { address, type, name, mode } = entry;
  if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") return false;
  if (mode === "managed" ? !isInstance(address, baseOf(entry)) : mode !== "data") return false;
  const change = asObject(entry.change);
  const after = change?.after;
  return (
    change !== undefined &&
    Array.isArray(change.actions) &&
    change.actions.length > 0 &&
    typeof after === "object" &&
    !Array.isArray(after)
  );
}

function isInstance(address: string, base: string): boolean {
  return address.startsWith(base) && (address.length === base.length || INSTANCE_KEY.test(address.slice(base.length)));
}

function baseOf({ module_address, type, name }: JsonObject): string {
  const block = `${type as string}.${name as string}`;
  return typeof module_address === "string" ? `${module_address}.${block}` : block;
}

function projectConfiguration(configuration: unknown, types: ReadTypes): unknown {
  const root = asObject(configuration);
  if (root === undefined || asObject(root.root_module) === undefined) return configuration;
  return { ...root, root_module: projectModule(root.root_module, types) };
}

function projectModule(module: unknown, types: ReadTypes): unknown {
  const object = asObject(module);
  if (object === undefined) return module;
  const resources = object.resources;
  const calls = asObject(object.module_calls);
  return {
    ...object,
    ...(Array.isArray(resources) ? { resources: projectBlocks(resources, types) } : {}),
    ...(calls === undefined
      ? {}
      : {
          module_calls: Object.fromEntries(
            Object.entries(calls).map(([name, call]) => [name, projectCall(call, types)]),
          ),
        }),
  };
}

function projectCall(call: unknown, types: ReadTypes): unknown {
  const object = asObject(call);
  return object === undefined ? call : { ...object, module: projectModule(object.module, types) };
}

function projectBlocks(blocks: unknown[], types: ReadTypes): unknown[] {
  return blocks.filter((block) => {
    const entry = asObject(block);
    return entry === undefined || typeof entry.type !== "string" || isRead(entry, types);
  });
}

/** Of the prior state only what data sources read is looked at. */
function projectState(state: unknown, types: ReadTypes): unknown {
  const object = asObject(state);
  const values = asObject(object?.values);
  if (object === undefined || values === undefined) return undefined;
  return { values: { root_module: projectStateModule(values.root_module, types) } };
}

function projectStateModule(module: unknown, types: ReadTypes): unknown {
  const object = asObject(module);
  if (object === undefined) return undefined;
  return {
    address: object.address,
    resources: asList(object.resources).filter((resource) => types.data.has(asObject(resource)?.type as string)),
    child_modules: asList(object.child_modules)
      .map((child) => projectStateModule(child, types))
      .filter((child) => child !== undefined),
  };
}
