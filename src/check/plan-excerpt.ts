import { asList, asObject } from "../plan";
import type { JsonObject } from "../plan";

/**
 * A plan as the configuration it was made from, for documentation: the blocks with the attributes that were written, and
 * anything unusual about the plan as a comment. It is deliberately incomplete.
 */
export function planExcerpt(plan: JsonObject): string {
  const root = asObject(asObject(plan.configuration)?.root_module);
  const actions = actionsOf(plan);
  const blocks = [...envelope(plan), ...moduleBlocks(root, "", actions)];
  return blocks.join("\n\n");
}

/** What makes the plan as a whole unusual. */
function envelope(plan: JsonObject): string[] {
  const unusual = [
    ...(typeof plan.format_version === "string" && plan.format_version.startsWith("1.")
      ? []
      : [`format_version: ${JSON.stringify(plan.format_version)}`]),
    ...(plan.complete === false ? ["complete: false"] : []),
    ...(plan.errored === true ? ["errored: true"] : []),
    ...(asList(plan.deferred_changes).length > 0 ? ["with deferred changes"] : []),
  ];
  return unusual.map((text) => `# the plan has ${text}`);
}

/** The actions of each block's instances, by module and block: `module.a.TYPE.NAME`. */
function actionsOf(plan: JsonObject): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const item of asList(plan.resource_changes)) {
    const change = asObject(item);
    if (change === undefined) continue;
    const module = typeof change.module_address === "string" ? `${change.module_address}.` : "";
    const key = `${module.replace(/\[[^\]]*\]/g, "")}${String(change.type)}.${String(change.name)}`;
    const actions = asList(asObject(change.change)?.actions).join(", then ");
    found.set(key, (found.get(key) ?? new Set()).add(actions));
  }
  return found;
}

function moduleBlocks(
  module: JsonObject | undefined,
  prefix: string,
  actions: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const resources = asList(module?.resources).flatMap((item) => {
    const block = asObject(item);
    return block === undefined ? [] : [blockText(block, prefix, actions)];
  });
  const calls = Object.entries(asObject(module?.module_calls) ?? {}).flatMap(([name, item]) => {
    const call = asObject(item);
    const body = attributes(call?.expressions);
    const head = [`module "${name}" {`, ...body, "}"].join("\n");
    return [head, ...moduleBlocks(asObject(call?.module), `${prefix}module.${name}.`, actions)];
  });
  return [...resources, ...calls];
}

function blockText(block: JsonObject, prefix: string, actions: ReadonlyMap<string, ReadonlySet<string>>): string {
  const kind = block.mode === "data" ? "data" : "resource";
  const done = [...(actions.get(`${prefix}${String(block.type)}.${String(block.name)}`) ?? [])].sort();
  const unusual =
    kind === "data" || done.every((action) => action === "create") ? [] : [`# planned: ${done.join(" / ")}`];
  const repeated = [
    ...expression("count", block.count_expression),
    ...expression("for_each", block.for_each_expression),
  ];
  return [
    ...(prefix === "" ? [] : [`# in ${prefix.slice(0, -1)}`]),
    ...unusual,
    `${kind} "${String(block.type)}" "${String(block.name)}" {`,
    ...repeated,
    ...attributes(block.expressions),
    "}",
  ].join("\n");
}

function attributes(expressions: unknown): string[] {
  const entries = Object.entries(asObject(expressions) ?? {});
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.flatMap(([name, value]) => expression(name.padEnd(width), value));
}

/** A literal unchanged, a reference as far as the plan has it. */
function expression(name: string, value: unknown): string[] {
  const object = asObject(value);
  if (object === undefined) return [];
  if (Object.hasOwn(object, "constant_value")) return [`  ${name} = ${JSON.stringify(object.constant_value)}`];
  // References come with their prefixes, the longest one first.
  const references = asList(object.references).map(String);
  const longest = references.filter(
    (one, i) => !references.slice(0, i).some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
  if (longest.length === 0) return [];
  return [`  ${name} = ${longest.length === 1 ? longest[0]! : `(from ${longest.join(", ")})`}`];
}
