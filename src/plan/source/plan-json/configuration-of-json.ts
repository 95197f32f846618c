import type { JsonObject } from "../../json";
import { asList, asObject } from "../../json";
import type {
  CallSource,
  ModuleSource,
  ProviderSource,
  Repeated,
  ResourceSource,
  VariableSource,
} from "../configuration";
import { keyOfProvider } from "../decode/provider";
import type { Attribute } from "../hcl";
import { lazyAttribute, parseExpression } from "../hcl";
import { LazyResource } from "./lazy-resource";
import { hidden, shownExpression } from "./shown-expression";
import { constantOf } from "./value-expression";

/**
 * What the JSON of a plan shows of its configuration. Of JSON syntax, as CDKTF writes it, that is the text of each expression; of native
 * syntax it is only what an expression refers to, and that is `unsupported` here, with the reason `hidden`.
 *
 * It shows no locals, no types of variables, no `nullable`, no `ignore_changes` and no providers of module calls. What is
 * not shown never counts as its default: types are hidden, and all changes may be ignored. But where a block of native syntax is
 * repeated by a function of constants (`for_each = toset(["a"])`), nothing shows that it is: there only its instances tell.
 * @param plan with its whole `configuration`
 */
export function configurationOfJson(plan: JsonObject): ModuleSource {
  const configuration = asObject(plan.configuration) ?? {};
  const providers = Object.values(asObject(configuration.provider_config) ?? {}).flatMap(providerOf);
  return moduleOf(asObject(configuration.root_module) ?? {}, [], providers);
}

interface PlacedProvider {
  /** Address of its module; empty for the root. */
  readonly module: string;
  readonly source: ProviderSource;
}

function moduleOf(module: JsonObject, path: readonly string[], providers: readonly PlacedProvider[]): ModuleSource {
  const address = path.map((name) => `module.${name}`).join(".");
  const resources = new Map<string, ResourceSource>();
  for (const resource of asList(module.resources)) addResource(asObject(resource) ?? {}, address, resources);
  const own = providers.filter((provider) => provider.module === address);
  return {
    path,
    variables: mapped(module.variables, variableOf),
    locals: new Map(),
    outputs: mapped(module.outputs, (output) => shownExpression(asObject(output.expression) ?? {})),
    resources,
    calls: mapped(module.module_calls, (call, name) => callOf(call, [...path, name], providers)),
    providers: new Map(own.map(({ source }) => [keyOfProvider(source), source])),
    unreadable: undefined,
    withoutLocals: true,
  };
}

function mapped<T>(members: unknown, read: (member: JsonObject, name: string) => T): Map<string, T> {
  return new Map(
    Object.entries(asObject(members) ?? {}).map(([name, member]) => [name, read(asObject(member) ?? {}, name)]),
  );
}

function variableOf(variable: JsonObject): VariableSource {
  return {
    type: hidden(),
    default: Object.hasOwn(variable, "default") ? constantOf(variable.default) : undefined,
    nullable: true,
    sensitive: variable.sensitive === true,
    ephemeral: false,
  };
}

function callOf(call: JsonObject, path: readonly string[], providers: readonly PlacedProvider[]): CallSource {
  const inner = asObject(call.module);
  return {
    ...repeatedOf(call),
    arguments: attributesOf(call.expressions),
    providers: new Map(),
    module: inner === undefined ? undefined : moduleOf(inner, path, providers),
  };
}

function addResource(resource: JsonObject, module: string, into: Map<string, ResourceSource>): void {
  const { mode, type, name } = resource;
  if (typeof type !== "string" || typeof name !== "string") return;
  if (mode !== "managed" && mode !== "data") return;
  into.set(`${mode === "data" ? "data." : ""}${type}.${name}`, new LazyResource(() => resourceOf(resource, module)));
}

function resourceOf(resource: JsonObject, module: string): ResourceSource {
  return {
    ...repeatedOf(resource),
    attributes: attributesOf(resource.expressions),
    provider: providerReference(resource.provider_config_key, module),
    ignoreChanges: "all",
    blockTypes: new Set(
      Object.entries(asObject(resource.expressions) ?? {}).flatMap(([key, shown]) => (isBlock(shown) ? [key] : [])),
    ),
  };
}

function repeatedOf(block: JsonObject): Repeated {
  const [count, forEach] = [block.count_expression, block.for_each_expression].map(asObject);
  return {
    count: count && shownExpression(count),
    forEach: forEach && shownExpression(forEach),
    enabled: undefined,
  };
}

/** Blocks inside of a block are lists, or objects of expressions. */
function isBlock(shown: unknown): boolean {
  const object = asObject(shown);
  if (object === undefined) return Array.isArray(shown);
  return (
    !Object.hasOwn(object, "constant_value") && Object.values(object).some((inner) => asObject(inner) !== undefined)
  );
}

function attributesOf(expressions: unknown): Map<string, Attribute> {
  const shown = Object.entries(asObject(expressions) ?? {}).filter(([, one]) => !isBlock(one));
  return new Map(shown.map(([name, one]) => [name, shownExpression(asObject(one) ?? {})]));
}

function providerOf(provider: unknown): PlacedProvider[] {
  const { name, alias, module_address: module, expressions } = asObject(provider) ?? {};
  if (typeof name !== "string") return [];
  const source = {
    name,
    alias: typeof alias === "string" ? alias : undefined,
    attributes: attributesOf(expressions),
    forEach: undefined,
  };
  return [{ module: typeof module === "string" ? module : "", source }];
}

/** `module.a:alicloud.hk` is `alicloud.hk` in that module; one of another module came by a call, which is not shown. */
function providerReference(key: unknown, module: string): Attribute | undefined {
  if (typeof key !== "string") return undefined;
  const colon = key.lastIndexOf(":");
  if (key.slice(0, Math.max(0, colon)) !== module) return hidden();
  const source = { file: "", text: key.slice(colon + 1) };
  return lazyAttribute({ source, start: 0, end: source.text.length }, () => parseExpression(source));
}
