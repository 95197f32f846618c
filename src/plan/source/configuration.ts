import type { Attribute } from "./hcl/ast";

/**
 * The source of one module as terraform evaluates it: override files merged, JSON and native syntax alike.
 * One per module *call*: a folder that is called twice gives two.
 */
export interface ModuleSource {
  /** Names of the calls that lead to it, from the root on. */
  readonly path: readonly string[];
  readonly variables: ReadonlyMap<string, VariableSource>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Attribute>;
  /** By `TYPE.NAME`, data sources by `data.TYPE.NAME`. */
  readonly resources: ReadonlyMap<string, ResourceSource>;
  readonly calls: ReadonlyMap<string, CallSource>;
  /** By `NAME` or `NAME.ALIAS`, as plan JSON's provider_config_key has it inside its module. */
  readonly providers: ReadonlyMap<string, ProviderSource>;
  /** Why some of it could not be read; then nothing that is missing here is proven to be missing. */
  readonly unreadable: string | undefined;
  /** True where the source shows no locals, as the JSON of a plan does not: then one that is missing may have any value. @default false */
  readonly withoutLocals?: boolean;
}

export interface VariableSource {
  /** `string`, `map(object({ … }))`; undefined when left out (any type). */
  readonly type: Attribute | undefined;
  readonly default: Attribute | undefined;
  /** @default true, as terraform has it */
  readonly nullable: boolean;
  readonly sensitive: boolean;
  readonly ephemeral: boolean;
}

/** A block with `count`, `for_each` or, in OpenTofu, `lifecycle { enabled }`. */
export interface Repeated {
  readonly count: Attribute | undefined;
  readonly forEach: Attribute | undefined;
  readonly enabled: Attribute | undefined;
}

export interface ResourceSource extends Repeated {
  /** Its own attributes, without the meta-arguments. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** `provider = alicloud.hk` as written; undefined for the default. */
  readonly provider: Attribute | undefined;
  /** Attributes named in `lifecycle { ignore_changes }`; "all" for all of them. */
  readonly ignoreChanges: readonly string[] | "all";
  /** Types of nested blocks that it has, `dynamic "x"` counting as `x`. */
  readonly blockTypes: ReadonlySet<string>;
}

export interface CallSource extends Repeated {
  /** The module's arguments, without the meta-arguments. */
  readonly arguments: ReadonlyMap<string, Attribute>;
  /** `providers = { CHILD = PARENT }` by the child's name. Values are references such as `alicloud.hk`. */
  readonly providers: ReadonlyMap<string, Attribute>;
  /** Undefined when the called module's source is not at hand. */
  readonly module: ModuleSource | undefined;
}

export interface ProviderSource {
  readonly name: string;
  readonly alias: string | undefined;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** OpenTofu's `for_each` of a provider. */
  readonly forEach: Attribute | undefined;
}
