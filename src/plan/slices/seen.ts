import type { PlanFacts } from "../facts";
import type { JsonObject } from "../json";
import { asObject } from "../json";
import { giveUp } from "./not-sliceable";
import type { Block, Place, Places } from "./places";

/** A data source of the prior state that names a load balancer. */
export interface Seen {
  readonly address: string;
  readonly resource: JsonObject;
  readonly place: Place;
  /** Levels of child_modules above it; the policies look at eight. */
  readonly depth: number;
  readonly block: Block | undefined;
}

const DEEPEST = 8;

/** Data sources by the ids of the load balancers they list. */
export function readSeen(plan: JsonObject, places: Places, facts: PlanFacts): Map<string, Seen[]> {
  const found = new Map<string, Seen[]>();
  const root = asObject(asObject(plan.prior_state)?.values)?.root_module;
  if (root !== undefined) visit(root, 0, places, facts, found);
  return found;
}

function visit(module: unknown, depth: number, places: Places, facts: PlanFacts, found: Map<string, Seen[]>): void {
  const object = asObject(module) ?? giveUp("a module of the state");
  const { address = "", resources = [], child_modules: children = [] } = object;
  if (typeof address !== "string" || !Array.isArray(resources) || !Array.isArray(children))
    giveUp("a module of the state");
  for (const item of resources as unknown[]) {
    const resource = asObject(item) ?? giveUp("a resource of the state");
    if (facts.roleOf.get(resource.type as string) !== "load_balancer_data") continue;
    for (const id of idsOf(resource)) {
      const seen = seenOf(resource, places.at(address as string), depth);
      const list = found.get(id);
      if (list === undefined) found.set(id, [seen]);
      else list.push(seen);
    }
  }
  if (depth < DEEPEST) for (const child of children as unknown[]) visit(child, depth + 1, places, facts, found);
}

function idsOf(resource: JsonObject): Set<string> {
  const ids = new Set<string>();
  const values = asObject(resource.values) ?? giveUp("a data source without values");
  for (const name of ["balancers", "slbs"]) {
    const list = values[name] ?? [];
    if (!Array.isArray(list)) giveUp("a list of load balancers");
    for (const item of list as unknown[]) {
      const id = asObject(item)?.id;
      if (typeof id === "string") ids.add(id);
    }
  }
  return ids;
}

function seenOf(resource: JsonObject, place: Place, depth: number): Seen {
  const { address, mode, type, name } = resource;
  if (typeof address !== "string" || typeof name !== "string") giveUp("a data source without a name");
  const block = place.node?.blocks.get(mode, type, name);
  return { address: address as string, resource, place, depth, block };
}

/** The prior state with nothing but this data source, and in it nothing but load balancers with one of these ids. */
export function stateWith(seen: Seen, ids: ReadonlySet<string>): JsonObject {
  const values: JsonObject = {};
  for (const name of ["balancers", "slbs"]) {
    const list = (seen.resource.values as JsonObject)[name];
    if (Array.isArray(list)) values[name] = list.filter((item: unknown) => ids.has(asObject(item)?.id as string));
  }
  const holder = seen.place.address === "" ? {} : { address: seen.place.address };
  return { ...holder, resources: [{ ...seen.resource, values }] };
}
