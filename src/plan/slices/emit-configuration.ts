import type { JsonObject } from "../json";
import { asObject } from "../json";
import { writeExpression, writeExpressions } from "./emit-expressions";
import type { Block, ModuleNode } from "./places";
import type { PlanIndex } from "./plan-index";
import type { Reached } from "./reached";
import type { Writer } from "./writer";

const MODULE_PROVIDER = /^((?:module\.[A-Za-z0-9_-]+\.)*module\.[A-Za-z0-9_-]+)(:.*)?$/;

/** Writes `configuration` with what was reached and nothing else. */
export function writeConfiguration(writer: Writer, index: PlanIndex, reached: Reached): void {
  writer.raw('"configuration":{"provider_config":{');
  let separator = "";
  for (const key of reached.providers) {
    if (!Object.hasOwn(index.providers, key)) continue;
    writer.raw(`${separator}"`);
    writeStaticPath(writer, key);
    writer.raw('":');
    const provider = index.providers[key];
    if (asObject(provider) === undefined) writer.json(provider);
    else writer.part(provider as JsonObject, (to) => writeProvider(to, provider as JsonObject));
    separator = ",";
  }
  writer.raw('},"root_module":');
  new Modules(writer, reached).write(index.places.root.node!);
  writer.raw("}");
}

function writeProvider(writer: Writer, provider: JsonObject): void {
  writer.raw("{");
  let separator = "";
  for (const [name, value] of Object.entries(provider)) {
    writer.raw(separator);
    writer.member(name);
    separator = ",";
    const expressions = name === "expressions" ? asObject(value) : undefined;
    if (expressions !== undefined) {
      writer.raw("{");
      writeExpressions(writer, expressions, Object.keys(expressions));
      writer.raw("}");
    } else if (name === "module_address" && typeof value === "string") {
      writer.raw('"');
      writeStaticPath(writer, value);
      writer.raw('"');
    } else writer.json(value);
  }
  writer.raw("}");
}

/** A provider's key, `alicloud.hk` or `module.a:alicloud`, or a module's address without keys, inside a JSON string. */
export function writeStaticPath(writer: Writer, path: string): void {
  const match = MODULE_PROVIDER.exec(path);
  if (match === null) {
    if (path.includes("module.")) writer.exact = false;
    return writer.string(path);
  }
  match[1]!.split(".").forEach((step, i) => {
    if (i > 0) writer.raw(".");
    if (i % 2 === 0) writer.raw(step);
    else writer.token("module", step);
  });
  writer.string(match[2] ?? "");
}

/** The tree of modules that hold anything that was reached. */
class Modules {
  private readonly blocks = new Map<ModuleNode, Block[]>();
  private readonly wanted = new Set<ModuleNode>();

  public constructor(
    private readonly writer: Writer,
    private readonly reached: Reached,
  ) {
    for (const node of reached.nodes) this.want(node);
    for (const block of reached.blocks) {
      const list = this.blocks.get(block.node);
      if (list === undefined) this.blocks.set(block.node, [block]);
      else list.push(block);
      this.want(block.node);
    }
  }

  private want(node: ModuleNode): void {
    for (let at: ModuleNode | undefined = node; at !== undefined && !this.wanted.has(at); at = at.parent)
      this.wanted.add(at);
  }

  public write(node: ModuleNode): void {
    const { writer, reached } = this;
    writer.raw('{"resources":[');
    (this.blocks.get(node) ?? []).forEach((block, i) => {
      if (i > 0) writer.raw(",");
      this.block(block);
    });
    writer.raw('],"outputs":{');
    this.members(reached.outputsOf(node), node.outputs, (value) => {
      const output = asObject(value);
      if (output === undefined) return writer.json(value);
      writer.raw("{");
      writeExpressions(writer, output, ["expression"]);
      writer.raw("}");
    });
    writer.raw('},"variables":{');
    this.members(reached.defaultsOf(node), node.variables, (value) => writer.json(value));
    writer.raw('},"module_calls":{');
    let separator = "";
    for (const called of node.calls.values()) {
      if (!this.wanted.has(called)) continue;
      writer.raw(`${separator}"`);
      writer.token("module", called.name);
      writer.raw('":{"expressions":{');
      writeExpressions(writer, asObject(called.call?.expressions) ?? {}, reached.argumentsOf(called));
      writer.raw("}");
      this.forEach(called.call ?? {});
      writer.raw(',"module":');
      this.write(called);
      writer.raw("}");
      separator = ",";
    }
    writer.raw("}}");
  }

  private members(names: Iterable<string>, of: JsonObject, write: (value: unknown) => void): void {
    let separator = "";
    for (const name of names) {
      if (!Object.hasOwn(of, name)) continue;
      this.writer.raw(separator);
      this.writer.member(name);
      write(of[name]);
      separator = ",";
    }
  }

  private block({ object }: Block): void {
    const { writer } = this;
    writer.part(object, (to) => writeHead(to, object));
    this.forEach(object);
    const expressions = object.expressions as JsonObject | undefined;
    if (expressions !== undefined) writer.part(expressions, (to) => writeFollowed(to, expressions));
    writer.raw("}");
  }

  private forEach(holder: JsonObject): void {
    if (!this.reached.forEach.has(holder)) return;
    if (Object.hasOwn(holder, "count_expression")) {
      this.writer.raw(',"count_expression":');
      writeExpression(this.writer, holder.count_expression);
    }
    if (!Object.hasOwn(holder, "for_each_expression")) return;
    this.writer.raw(',"for_each_expression":');
    writeExpression(this.writer, holder.for_each_expression);
    if (asObject(holder.for_each_expression)?.constant_value !== undefined) this.writer.exact = false;
  }
}

/** Writes what tells a block from others; its closing brace is not written. */
function writeHead(writer: Writer, object: JsonObject): void {
  const { mode, type, name, provider_config_key: provider } = object;
  writer.raw('{"mode":');
  writer.json(mode);
  writer.raw(',"type":');
  writer.json(type);
  writer.raw(',"name":"');
  writer.token(type as string, name as string);
  writer.raw('"');
  if (typeof provider === "string") {
    writer.raw(',"provider_config_key":"');
    writeStaticPath(writer, provider);
    writer.raw('"');
  } else if (provider !== undefined) {
    writer.raw(',"provider_config_key":');
    writer.json(provider);
  }
}

function writeFollowed(writer: Writer, expressions: JsonObject): void {
  writer.raw(',"expressions":{');
  writeExpressions(writer, expressions, Object.keys(expressions));
  writer.raw("}");
}
