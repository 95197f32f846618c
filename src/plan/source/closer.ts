import type { JsonObject } from "../json";
import { asList, asObject } from "../json";
import { markProjection } from "../project";
import { isEncryptedPlan } from "../read";
import { emptyRegionsOf, type EmptyRegion } from "./empty-region";
import { isPlain, isPlainId, textOf } from "./expression-text";
import type { HclBlock } from "./hcl-blocks";
import { ModuleSources } from "./module-sources";
import { sameKeysOf, type SameKey } from "./same-key";

/**
 * A plan with what its file says of instances that are taken by a key, and of regions left to the environment. In plan
 * JSON `lb[count.index + 1].id` and `lb[count.index].address` look like `lb[count.index].id`; the file holds the
 * configuration's source, which tells.
 * @param plan as `readPlan` gives it
 * @param readFile gives the saved plan file the JSON came from; it is read only where a plan has such expressions
 * @returns undefined when the source says nothing that the JSON does not. Else a plan to be judged as well: what either
 * refuses is refused, so that a source can only make the gate stricter
 */
export function closerPlan(plan: JsonObject, readFile: () => Buffer): JsonObject | undefined {
  const keys = sameKeysOf(asObject(plan.configuration)?.root_module);
  const regions = emptyRegionsOf(plan);
  if (keys.length + regions.length === 0) return undefined;
  const file = readFile();
  // Only who has the key can say more of it; then the JSON is all there is.
  if (isEncryptedPlan(file)) return undefined;
  const sources = new ModuleSources(file);
  const told = new Map<unknown, JsonObject>();
  const tell = (seen: JsonObject, written: JsonObject): unknown => written !== seen && told.set(seen, written);
  for (const key of keys) tell(key.expression, asWritten(key, sources));
  for (const region of regions) tell(region.expression, regionAsWritten(region, sources));
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

/** Where nothing tells that a region is the variable itself, it may be anything. */
function regionAsWritten({ name, alias, expression }: EmptyRegion, sources: ModuleSources): JsonObject {
  const isMeant = (block: HclBlock): boolean =>
    block.attributes.get("alias")?.[0]?.text === (alias === undefined ? undefined : JSON.stringify(alias));
  const written = sources.expressions([], ["provider", name], "region", isMeant);
  const odd = (written ?? [[]]).find((tokens) => !isPlain(tokens, String(asList(expression.references)[0])));
  return odd === undefined ? expression : { ...expression, constant_value: textOf(odd, "") };
}

/** A copy in which these objects are replaced. */
function replaced(value: unknown, by: ReadonlyMap<unknown, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (by.has(value)) return by.get(value);
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, by));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, by)]));
}
