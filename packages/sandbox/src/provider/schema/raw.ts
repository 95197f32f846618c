import type { CtyType, Value } from "../values/value";

/** An attribute as `terraform providers schema -json` prints it. */
export interface RawAttribute {
  readonly type?: CtyType;
  readonly description?: string;
  readonly description_kind?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

export interface RawBlock {
  readonly attributes?: Readonly<Record<string, RawAttribute>>;
  readonly block_types?: Readonly<Record<string, RawNestedBlock>>;
  readonly description?: string;
  readonly description_kind?: string;
  readonly deprecated?: boolean;
}

export interface RawNestedBlock {
  readonly nesting_mode: "single" | "list" | "set" | "map";
  readonly block: RawBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface RawSchema {
  readonly version: number;
  readonly block: RawBlock;
}

/** How the real provider treats an attribute: what the schema that terraform sees does not tell. */
export interface RawBehaviour {
  readonly type: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly force_new?: boolean;
  readonly sensitive?: boolean;
  readonly default?: Value;
  readonly default_func_value?: Value;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly conflicts_with?: readonly string[];
  readonly exactly_one_of?: readonly string[];
  readonly at_least_one_of?: readonly string[];
  readonly min_items?: number;
  readonly max_items?: number;
  readonly validated?: boolean;
  readonly diff_suppress?: boolean;
  readonly elem?: { readonly type?: string };
  readonly block?: Readonly<Record<string, RawBehaviour>>;
}

export interface RawTypeBehaviour {
  readonly attributes: Readonly<Record<string, RawBehaviour>>;
  readonly timeouts?: Readonly<Record<string, string>>;
  readonly deprecated?: string;
  readonly importable?: boolean;
  readonly updatable?: boolean;
  readonly customize_diff?: boolean;
}

/** The content of a data file. */
export interface RawProviderData {
  /** Version of the real provider the data was taken from. */
  readonly providerVersion: string;
  readonly schema: {
    readonly provider: RawSchema;
    readonly resource_schemas: Readonly<Record<string, RawSchema>>;
    readonly data_source_schemas: Readonly<Record<string, RawSchema>>;
  };
  readonly behaviour: {
    readonly provider: Readonly<Record<string, RawBehaviour>>;
    readonly resources: Readonly<Record<string, RawTypeBehaviour>>;
    readonly data_sources: Readonly<Record<string, RawTypeBehaviour>>;
  };
}
