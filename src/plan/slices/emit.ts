import type { JsonObject } from "../json";
import { pick } from "../strip";
import { writeChange, writeDecoy, writeInstance } from "./emit-changes";
import { writeConfiguration } from "./emit-configuration";
import type { Place } from "./places";
import { holderOf } from "./instances";
import type { Change, PlanIndex } from "./plan-index";
import type { Reached } from "./reached";
import { stateWith } from "./seen";
import type { Writer } from "./writer";

/** What every slice has of the plan as a whole. */
export function envelopeOf(plan: JsonObject): string {
  const envelope = pick(plan, ["format_version", "terraform_version", "errored", "complete", "deferred_changes"]);
  return JSON.stringify(envelope).slice(1, -1);
}

/** Writes a plan that holds what was reached and nothing else, and `odd` entries as they are. */
export function writeSlice(
  writer: Writer,
  index: PlanIndex,
  reached: Reached,
  envelope: string,
  odd: readonly unknown[],
): void {
  writer.raw(envelope === "" ? "{" : `{${envelope},`);
  writeVariables(writer, index, reached);
  writeState(writer, reached);
  writer.raw('"resource_changes":[');
  let separator = "";
  const next = (): void => {
    writer.raw(separator);
    separator = ",";
  };
  for (const change of reached.changes) {
    next();
    writeChange(writer, change, index.facts);
  }
  const stoodIn = new Set<string>();
  for (const change of reached.decoys) {
    if (stoodIn.has(change.base) || isWhole(index, reached, change)) continue;
    stoodIn.add(change.base);
    next();
    writeDecoy(writer, change);
  }
  for (const place of reached.instances) {
    next();
    writeInstance(writer, place, false);
  }
  for (const place of reached.moduleDecoys) {
    if (hasAllInstances(index, reached, place)) continue;
    next();
    writeInstance(writer, place, true);
  }
  for (const entry of odd) {
    next();
    writer.exact = false;
    writer.json(entry);
  }
  writer.raw("],");
  writeConfiguration(writer, index, reached);
  writer.raw("}");
}

/** True when all instances of a block are in the slice, for the sake of others. */
function isWhole(index: PlanIndex, reached: Reached, of: Change): boolean {
  return index.lasting.of(holderOf(of)).every((change) => reached.changes.has(change));
}

function hasAllInstances(index: PlanIndex, reached: Reached, { address, key, parent, name }: Place): boolean {
  const keys = index.keys.get(address.slice(0, address.length - key.length)) ?? [];
  return keys.every((one) => reached.instances.has(index.places.child(parent!, name, one)));
}

function writeVariables(writer: Writer, index: PlanIndex, reached: Reached): void {
  const variables = pick(index.variables, [...reached.variables]);
  if (Object.keys(variables).length > 0) {
    writer.raw('"variables":');
    writer.json(variables);
    writer.raw(",");
  }
}

function writeState(writer: Writer, reached: Reached): void {
  const { seenWith } = reached;
  if (seenWith.size === 0) return;
  writer.exact = false;
  const root = { resources: [] as unknown[], child_modules: [] as unknown[] };
  for (const [seen, ids] of seenWith) {
    let module = stateWith(seen, ids);
    for (let depth = seen.depth; depth > 0; depth--) {
      if (depth === 1) root.child_modules.push(module);
      else module = { resources: [], child_modules: [module] };
    }
    if (seen.depth === 0) root.resources.push(...(module.resources as unknown[]));
  }
  writer.raw('"prior_state":{"values":{"root_module":');
  writer.json(root);
  writer.raw("}},");
}
