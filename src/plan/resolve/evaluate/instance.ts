import type { Attribute, Expression } from "../../source/hcl/ast";
import type { CallSource, ModuleSource, Repeated, ResourceSource, VariableSource } from "../../source/configuration";
import { convert } from "./convert-type";
import { evaluate } from "./evaluate";
import { fromJson } from "./from-json";
import { isListAttribute } from "./list-attribute";
import { each } from "./primitive";
import { nameIn } from "../../../core/instance-key";
import type { PlanView } from "./plan-view";
import { arrange, repeated } from "./repeat";
import { resourceValue } from "./resource-value";
import { type ModuleScope, NO_NAMES, type Scope } from "./scope";
import type { Secrets } from "./secrets";
import { typeOf } from "./type-constraint";
import { untyped } from "./untyped";
import { ERROR, NULL, nullOf, number, text, unknown, type Value } from "./value";

/** What all modules of one plan share. */
export interface World {
  readonly plan: PlanView;
  readonly secrets: Secrets;
  /** False where the configuration does not tell the types of variables, as in plan JSON. */
  readonly typed: boolean;
}

/** One instance of a module: what its expressions can refer to, each worked out once. */
export class ModuleInstance implements ModuleScope {
  public readonly evaluated = new Map<Expression, Value>();
  private readonly found = new Map<string, Value>();
  private readonly children = new Map<string, ModuleInstance>();

  public constructor(
    private readonly world: World,
    private readonly source: ModuleSource,
    /** `module.a["x"].`, or nothing for the root. */
    private readonly prefix: string,
    /** The call that makes it, and where that stands; the root has none. */
    public readonly calledBy?: {
      readonly call: CallSource;
      readonly scope: Scope;
      readonly parent: ModuleInstance;
    },
  ) {}

  public variable(name: string): Value {
    return this.once(`var.${name}`, () => this.readVariable(name));
  }

  public local(name: string): Value {
    return this.once(`local.${name}`, () => {
      const local = this.source.locals.get(name);
      return local === undefined ? this.missing(`local.${name}`) : this.evaluate(local);
    });
  }

  public call(name: string): Value {
    return this.once(`module.${name}`, () => {
      const call = this.source.calls.get(name);
      if (call === undefined) return this.missing(`module.${name}`);
      const planned = this.world.plan.moduleKeys(`${this.prefix}module.${name}`);
      return repeated(
        call,
        (attribute) => this.evaluate(attribute),
        planned,
        this.world.typed,
        (key) => this.outputs(name, key),
      );
    });
  }

  public resource(mode: "managed" | "data", type: string, name: string): Value {
    const block = mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
    return this.once(block, () => {
      const source = this.source.resources.get(block);
      if (source === undefined) return this.missing(block);
      return mode === "data" ? this.dataSource(type, block, source) : this.managed(type, block, source);
    });
  }

  public ambient(root: string, name: string): Value {
    if (root !== "path" && name === "workspace" && this.world.plan.workspace !== undefined)
      return text(this.world.plan.workspace);
    // `terraform.applying` differs between plan and apply; paths depend on the machine.
    return unknown(`is ${root}.${name}, which the plan does not tell`, undefined, {
      type: name === "applying" ? "bool" : "string",
    });
  }

  /** What an output of this module gives. */
  public output(name: string): Value {
    return this.once(`output.${name}`, () => {
      const output = this.source.outputs.get(name);
      return output === undefined ? this.missing(`output "${name}"`) : this.evaluate(output);
    });
  }

  /** The instance of a called module with this key (`["x"]`, `[0]` or nothing); undefined when there is no such call. */
  public child(name: string, key: string): ModuleInstance | undefined {
    const id = `${name}${key}`;
    const found = this.children.get(id);
    if (found !== undefined) return found;
    const call = this.source.calls.get(name);
    if (call?.module === undefined) return undefined;
    const made = new ModuleInstance(this.world, call.module, `${this.prefix}module.${name}${key}.`, {
      call,
      scope: this.scopeOf(call, key),
      parent: this,
    });
    this.children.set(id, made);
    return made;
  }

  /** The scope of expressions inside a block of this module that has this key. */
  public scopeOf(block: Repeated, key: string): Scope {
    const scope: Scope = { module: this, names: NO_NAMES, depth: 0 };
    if (key.startsWith('["')) {
      const name = nameIn(key);
      if (name === undefined) return { ...scope, each: { key: STRANGE_KEY, value: () => STRANGE_KEY } };
      const value = (): Value => {
        if (block.forEach === undefined)
          return unknown("is each.value of a block without for_each", undefined, { hidden: !this.world.typed });
        return each(this.evaluate(block.forEach), (one) => {
          if (one.kind === "map")
            return one.entries.get(name) ?? unknown("is each.value of a key that for_each does not have");
          if (one.kind === "list") return text(name);
          if (one.kind === "some") return one.form === "map" ? (one.element ?? ERROR) : text(name);
          if (one.kind === "lazy") return one.attribute(name);
          return one.kind === "unknown" || one.kind === "error" ? one : unknown("is each.value of what has no keys");
        });
      };
      return { ...scope, each: { key: text(name), value } };
    }
    if (key.startsWith("[")) return { ...scope, count: number(BigInt(key.slice(1, -1))) };
    return scope;
  }

  public resourceSource(block: string): ResourceSource | undefined {
    return this.source.resources.get(block);
  }

  public get module(): ModuleSource {
    return this.source;
  }

  public evaluate(attribute: Attribute, scope: Scope = { module: this, names: NO_NAMES, depth: 0 }): Value {
    return evaluate(attribute.expression(), scope);
  }

  public secret(value: Value): Value {
    return this.world.secrets.keep(value);
  }

  public made(value: Value, from: readonly Value[]): Value {
    return this.world.secrets.inherit(value, from);
  }

  private once(name: string, make: () => Value): Value {
    const found = this.found.get(name);
    if (found !== undefined) return found;
    // Terraform refuses what refers to itself. Here it must not loop for ever.
    this.found.set(name, unknown(`refers to itself (${name})`));
    const value = make();
    this.found.set(name, value);
    return value;
  }

  private missing(what: string): Value {
    const { unreadable, withoutLocals } = this.source;
    const why = unreadable ?? (withoutLocals === true ? "plan JSON does not show it" : undefined);
    return why === undefined
      ? unknown(`refers to ${what}, which is not in the configuration`)
      : unknown(`refers to ${what}, and ${why}`, undefined, { hidden: withoutLocals === true });
  }

  private readVariable(name: string): Value {
    const variable = this.source.variables.get(name);
    if (variable === undefined) return this.missing(`var.${name}`);
    if (variable.ephemeral) return unknown(`is the ephemeral variable ${name}, which an apply may be given again`);
    const value = each(this.typed(this.given(name, variable), variable), (one) =>
      one.kind === "null" && !variable.nullable && variable.default !== undefined
        ? this.typed(this.evaluate(variable.default), variable)
        : one,
    );
    return variable.sensitive ? this.world.secrets.keep(value) : value;
  }

  private given(name: string, variable: VariableSource): Value {
    const fallback = (): Value =>
      variable.default === undefined
        ? unknown(`is the variable ${name}, which nothing sets`)
        : this.evaluate(variable.default);
    if (this.calledBy === undefined) {
      const raw = this.world.plan.variable(name);
      // Without a type constraint null keeps the type that the keyword has.
      const nothing = variable.type === undefined ? nullOf("any") : NULL;
      return raw === undefined ? fallback() : fromJson(raw.value, false, { why: "", nothing, isList: () => true });
    }
    const { call, scope } = this.calledBy;
    const argument = call.arguments.get(name);
    return argument === undefined ? fallback() : evaluate(argument.expression(), { ...scope, depth: 0 });
  }

  private typed(value: Value, variable: VariableSource): Value {
    if (!this.world.typed) return untyped(value);
    if (variable.type === undefined) return value;
    const type = typeOf(variable.type.expression(), (constant) =>
      evaluate(constant, { module: this, names: NO_NAMES, depth: 0 }),
    );
    return type === undefined
      ? unknown("is a variable whose type is not understood", variable.type.at)
      : convert(value, type);
  }

  private outputs(name: string, key: string): Value {
    const child = this.child(name, key);
    if (child === undefined)
      return unknown(`is an output of module.${name}, whose source is not at hand`, undefined, { hidden: true });
    const attribute = (output: string): Value => child.output(output);
    return {
      kind: "lazy",
      attribute,
      names: child.source.unreadable === undefined ? [...child.source.outputs.keys()] : undefined,
    };
  }

  private managed(type: string, block: string, source: ResourceSource): Value {
    const instances = this.world.plan.planned(`${this.prefix}${block}`);
    return arrange(instances, source, this.world.typed, (instance) =>
      resourceValue(
        type,
        instance,
        source,
        (value) => this.secret(value),
        (argument, name) =>
          this.once(`${instance.address}.${name}`, () => this.evaluate(argument, this.scopeOf(source, instance.key))),
      ),
    );
  }

  private dataSource(type: string, block: string, source: ResourceSource): Value {
    const path = `${this.prefix}${block}`;
    const during = this.world.plan.planned(path);
    if (during.length > 0) return unknown(`comes from data.${type}, read during apply only`);
    return arrange(this.world.plan.read(path), source, this.world.typed, ({ address, values }) => ({
      kind: "lazy",
      schema: `data.${type}`,
      names: undefined,
      attribute: (name) => {
        const all = values();
        return Object.hasOwn(all, name)
          ? fromJson(all[name], false, { why: "", isList: (path) => isListAttribute(`data.${type}`, name, path) })
          : unknown(`is ${address}.${name}, which the plan does not hold`);
      },
    }));
  }
}

const STRANGE_KEY = unknown("is an instance key that is not understood");
