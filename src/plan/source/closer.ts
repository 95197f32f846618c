import type { JsonObject } from "../json";
import { asObject } from "../json";
import { markProjection } from "../project";
import { isEncryptedPlan } from "../read";
import { isPlainId, textOf } from "./expression-text";
import { ModuleSources } from "./module-sources";
import { sameKeysOf, type SameKey } from "./same-key";

/**
 * A plan with what its file says of instances that are taken by a key. In plan JSON `lb[count.index + 1].id` and
 * `lb[count.index].address` look like `lb[count.index].id`; the file holds the configuration's source, which tells.
 * @param plan as `readPlan` gives it
 * @param readFile gives the saved plan file the JSON came from; it is read only where a plan has such expressions
 * @returns undefined when the source says nothing that the JSON does not. Else a plan to be judged as well: what either
 * refuses is refused, so that a source can only make the gate stricter
 */
export function closerPlan(plan: JsonObject, readFile: () => Buffer): JsonObject | undefined {
  const found = sameKeysOf(asObject(plan.configuration)?.root_module);
  if (found.length === 0) return undefined;
  const file = readFile();
  // Only who has the key can say more of it; then the JSON is all there is.
  if (isEncryptedPlan(file)) return undefined;
  const sources = new ModuleSources(file);
  const told = new Map<unknown, JsonObject>();
  for (const one of found) {
    const expression = asWritten(one, sources);
    if (expression !== one.expression) told.set(one.expression, expression);
  }
  if (told.size === 0) return undefined;
  return markProjection({ ...plan, configuration: replaced(plan.configuration, told) });
}

/** The expression with its text beside it, as configuration in JSON has it; as it is where that says nothing new. */
function asWritten(
  { module, block, attribute, reference, by, expression }: SameKey,
  sources: ModuleSources,
): JsonObject {
  const written = sources.expressions(module, block, attribute);
  // Nothing tells that the key is the same, so any instance may be meant.
  if (written === undefined) return { ...expression, references: [reference] };
  // Of a module the JSON does not even show which output is taken.
  const odd = written.find((tokens) => reference.startsWith("module.") || !isPlainId(tokens, reference, by));
  return odd === undefined ? expression : { ...expression, constant_value: textOf(odd, by) };
}

/** A copy in which these objects are replaced; all that holds none of them stays the same object. */
function replaced(value: unknown, by: ReadonlyMap<unknown, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (by.has(value)) return by.get(value);
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, by));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, by)]));
}
