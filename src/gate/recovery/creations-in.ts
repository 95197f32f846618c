import { withoutKeys } from "../../core/address";
import { defined } from "../../core/defined";
import { isRecord } from "../../core/is-record";
import type { Known, PlannedCreation } from "./creation";
import { attributesOf } from "./look-up/kinds";

/** These exist in the state alone: made a second time they cost nothing, and nothing is left behind. */
const IN_STATE_ALONE = /(^|\.)(terraform_data|null_resource|(random|time|tls)_\w+)\.[^.]+$/;

export const isInStateAlone = (address: string): boolean => IN_STATE_ALONE.test(withoutKeys(address));

/**
 * What an apply of a plan will create, replacements included.
 * @param plan the plan's JSON
 * @param regionFromEnv region of a provider whose configuration names none
 */
export function creationsIn(plan: unknown, regionFromEnv: string | undefined): PlannedCreation[] {
  if (!isRecord(plan) || !Array.isArray(plan.resource_changes)) return [];
  const configuration = isRecord(plan.configuration) ? plan.configuration : {};
  return plan.resource_changes.filter(isRecord).flatMap((entry) => {
    const change = isRecord(entry.change) ? entry.change : {};
    const actions = Array.isArray(change.actions) ? change.actions : [];
    const address = String(entry.address);
    if (entry.mode !== "managed" || !actions.includes("create") || isInStateAlone(address)) return [];
    const after = isRecord(change.after) ? change.after : {};
    const before = isRecord(change.before) ? change.before : {};
    const block = blockOf(configuration, address);
    const region = block === undefined ? undefined : (regionIn(plan, configuration, block) ?? regionFromEnv);
    const attributes = attributesOf(String(entry.type));
    const tags = plainTags(after.tags, change.after_sensitive);
    const creation: PlannedCreation = {
      address,
      type: String(entry.type),
      provider: String(entry.provider_name),
      values: valuesIn(after, change.after_sensitive, attributes),
      refs: refsIn(change.after_unknown, block, address, attributes),
      ...defined({ region, tags }),
      ...(typeof before.id === "string" ? { replaces: before.id } : {}),
    };
    return [creation];
  });
}

const isMarked = (marks: unknown, name: string): boolean => isRecord(marks) && Boolean(marks[name]);

function valuesIn(
  after: Readonly<Record<string, unknown>>,
  sensitive: unknown,
  attributes: readonly string[],
): Record<string, Known> {
  const values: Record<string, Known> = {};
  for (const name of attributes) {
    const value = after[name];
    if (isMarked(sensitive, name) || value === "") continue;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") values[name] = value;
  }
  return values;
}

function plainTags(tags: unknown, sensitive: unknown): Record<string, string> | undefined {
  if (!isRecord(tags) || isMarked(sensitive, "tags")) return undefined;
  const entries = Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Blocks that the values of unknown attributes are read from; those behind outputs of modules are not followed. */
function refsIn(
  unknown: unknown,
  block: Readonly<Record<string, unknown>> | undefined,
  address: string,
  attributes: readonly string[],
): Record<string, string[]> {
  const expressions = isRecord(block?.expressions) ? block.expressions : {};
  const refs: Record<string, string[]> = {};
  const module = /^((module\.[^.[]+(\[(\d+|"(\\.|[^"\\])*")\])?\.)*)/.exec(address)?.[1] ?? "";
  for (const name of attributes) {
    const expression = expressions[name];
    if (!isMarked(unknown, name) || !isRecord(expression) || !Array.isArray(expression.references)) continue;
    const blocks = expression.references
      .map(String)
      .filter((reference) => !/^(var|local|module|data|each|count|path|self|terraform)\./.test(reference))
      .map((reference) => /^[^.[]+\.[^.[]+/.exec(reference)?.[0])
      .filter((found) => found !== undefined)
      .map((found) => module + found);
    if (blocks.length > 0) refs[name] = [...new Set(blocks)];
  }
  return refs;
}

/** The block of the configuration that an address is an instance of. */
function blockOf(
  configuration: Readonly<Record<string, unknown>>,
  address: string,
): Readonly<Record<string, unknown>> | undefined {
  const parts = withoutKeys(address).split(".");
  let module: unknown = configuration.root_module;
  let at = 0;
  for (; parts[at] === "module"; at += 2) {
    const calls: unknown = isRecord(module) ? module.module_calls : undefined;
    const call: unknown = isRecord(calls) ? calls[parts[at + 1]!] : undefined;
    module = isRecord(call) ? call.module : undefined;
  }
  const wanted = parts.slice(at).join(".");
  const resources: unknown = isRecord(module) ? module.resources : undefined;
  if (!Array.isArray(resources)) return undefined;
  return resources.filter(isRecord).find((resource) => resource.address === wanted);
}

/** The region that the provider of a block is configured with, where it is written out or in a variable. */
function regionIn(
  plan: Readonly<Record<string, unknown>>,
  configuration: Readonly<Record<string, unknown>>,
  block: Readonly<Record<string, unknown>>,
): string | undefined {
  const providers = isRecord(configuration.provider_config) ? configuration.provider_config : {};
  const key = String(block.provider_config_key);
  const provider = providers[key] ?? providers[key.slice(key.lastIndexOf(":") + 1)];
  const expressions = isRecord(provider) && isRecord(provider.expressions) ? provider.expressions : {};
  const { region } = expressions;
  if (!isRecord(region)) return undefined;
  if (typeof region.constant_value === "string") return region.constant_value;
  const [reference] = Array.isArray(region.references) ? region.references.map(String) : [];
  const variables = isRecord(plan.variables) ? plan.variables : {};
  const variable = variables[reference?.replace(/^var\./, "") ?? ""];
  return isRecord(variable) && typeof variable.value === "string" ? variable.value : undefined;
}
