import type { CtyType, Value } from "../values/value";

export type Kind = "string" | "int" | "float" | "bool" | "list" | "set" | "map";

/** One attribute or nested block, with all that planning and validating need to know of it. */
export interface Node {
  readonly name: string;
  readonly kind: Kind;
  readonly type: CtyType;
  /** Written as a nested block (an empty one cannot be distinguished from none). */
  readonly block: boolean;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly forceNew: boolean;
  readonly sensitive: boolean;
  readonly default: Value;
  readonly deprecated: string | undefined;
  readonly removed: string | undefined;
  readonly conflictsWith: readonly string[];
  readonly exactlyOneOf: readonly string[];
  readonly atLeastOneOf: readonly string[];
  readonly minItems: number;
  readonly maxItems: number;
  /** The fields of each element, for lists and sets of objects. */
  readonly fields: readonly Node[] | undefined;
  /** The kind of each element otherwise. */
  readonly element: Exclude<Kind, "list" | "set" | "map"> | undefined;
}

/** The operations a `timeouts` block can name. */
export type Operation = "create" | "read" | "update" | "delete" | "default";

/** One resource type, data source or the provider's own configuration. */
export interface TypeSchema {
  readonly name: string;
  readonly version: number;
  /** The whole object's type, `id` and `timeouts` included. */
  readonly type: CtyType;
  /** Everything but `id` and `timeouts`. */
  readonly nodes: readonly Node[];
  readonly node: ReadonlyMap<string, Node>;
  /** Default time limits in milliseconds; empty when the type has no `timeouts` block. */
  readonly timeouts: Readonly<Partial<Record<Operation, number>>>;
  readonly deprecated: string | undefined;
  readonly importable: boolean;
  readonly updatable: boolean;
  /** The schema as message of plugin protocol 5. */
  readonly message: Record<string, unknown>;
}
