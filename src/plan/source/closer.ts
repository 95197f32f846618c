import type { JsonObject } from "../json";
import { asList, asObject } from "../json";
import { markProjection } from "../project";
import { isEncryptedPlan } from "../read";
import { emptyRegionsOf, type EmptyRegion } from "./empty-region";
import { isPlain, isPlainId, textOf } from "./expression-text";
import type { HclBlock } from "./hcl-blocks";
import { ModuleSources } from "./module-sources";
import { type Path, replaced } from "./replaced";
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
  const told = [
    ...keys.map((key) => [key, asWritten(key, sources)] as const),
    ...regions.map((region) => [region, regionAsWritten(region, sources)] as const),
  ]
    .filter(([{ expression }, written]) => written !== expression)
    .map(([{ path }, written]): [Path, JsonObject] => [["configuration", ...path], written]);
  return told.length === 0 ? undefined : markProjection(replaced(plan, told));
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
