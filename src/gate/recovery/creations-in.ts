import { withoutKeys } from "../../core/address";
import { defined } from "../../core/defined";
import { isRecord } from "../../core/is-record";
import type { Known, PlannedCreation } from "./creation";
import { attributesOf } from "./look-up/kinds";

/** Resources that exist only in the state: making them twice costs nothing and leaves nothing behind. */
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
    const { refs, after: later } = sourcesIn(change.after_unknown, block, address, attributes);
    const creation: PlannedCreation = {
      address,
      type: String(entry.type),
      provider: String(entry.provider_name),
      values: valuesIn(after, change.after_sensitive, attributes),
      refs,
      ...defined({ region, tags, after: later }),
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

/** What the values of attributes that are known later are made of. */
interface Sources {
  readonly refs: Record<string, string[]>;
  /** Undefined when there are none. */
  readonly after: readonly string[] | undefined;
}

/** Attributes that the configuration leaves out are not among them. */
function sourcesIn(
  unknown: unknown,
  block: Readonly<Record<string, unknown>> | undefined,
  address: string,
  attributes: readonly string[],
): Sources {
  const expressions = isRecord(block?.expressions) ? block.expressions : {};
  const module = /^((module\.[^.[]+(\[(\d+|"(\\.|[^"\\])*")\])?\.)*)/.exec(address)?.[1] ?? "";
  const refs: Record<string, string[]> = {};
  const after = new Set<string>();
  for (const [name, expression] of Object.entries(expressions)) {
    if (!isMarked(unknown, name) || !isRecord(expression)) continue;
    const references = Array.isArray(expression.references) ? expression.references.map(String) : [];
    if (attributes.includes(name))
      refs[name] = name.endsWith("_id") ? idsIn(references).map((found) => module + found) : [];
    for (const one of references) {
      const resource = NOT_A_RESOURCE.test(one) ? undefined : /^[^.[]+\.[^.[]+/.exec(one)?.[0];
      if (resource !== undefined) after.add(module + resource);
    }
  }
  return { refs, after: after.size === 0 ? undefined : [...after] };
}

const NOT_A_RESOURCE = /^(var|local|module|data|each|count|path|self|terraform)\./;
/** `type.name.id`, with a key or without. */
const ID_OF = /^([^.[]+\.[^.[]+(?:\[(?:\d+|"(?:\\.|[^"\\])*")\])?)\.id$/;

/** Resources whose ids alone an expression is made of; empty when it may be anything else. */
function idsIn(references: readonly string[]): string[] {
  // `a.b[0].id` is listed with `a.b[0]` and `a.b`.
  const whole = references.filter(
    (one) => !references.some((other) => /^[.[]/.test(other.slice(one.length)) && other.startsWith(one)),
  );
  const ids = whole.map((one) => (NOT_A_RESOURCE.test(one) ? undefined : ID_OF.exec(one)?.[1]));
  return ids.every((id) => id !== undefined) ? ids : [];
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
