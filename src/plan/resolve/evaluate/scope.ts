import type { Expression } from "../../source/hcl/ast";
import type { Value } from "./value";

/** What an expression of a module can refer to; one for each instance of a module. */
export interface ModuleScope {
  variable(name: string): Value;
  local(name: string): Value;
  /** `module.NAME` */
  call(name: string): Value;
  /** `TYPE.NAME`, or `data.TYPE.NAME`: all instances where the block has `count` or `for_each`. */
  resource(mode: "managed" | "data", type: string, name: string): Value;
  /** `path.NAME` and `terraform.NAME` */
  ambient(root: string, name: string): Value;
  /** Keeps a value secret. */
  secret(value: Value): Value;
  /** Marks a value that was made from a secret one as secret, too. */
  made(value: Value, from: readonly Value[]): Value;
  /** Values of expressions that are the same wherever they stand in this module. */
  readonly evaluated: Map<Expression, Value>;
}

/** The context of an expression. */
export interface Scope {
  readonly module: ModuleScope;
  /** Of a block with `for_each`. */
  readonly each?: { readonly key: Value; readonly value: () => Value };
  /** Of a block with `count`. */
  readonly count?: Value;
  /** Names bound by `for`. */
  readonly names: ReadonlyMap<string, Value>;
  /** The element of a splat. */
  readonly item?: Value;
  readonly depth: number;
}

export const NO_NAMES: ReadonlyMap<string, Value> = new Map();
