import type { Place } from "../../../source/hcl/ast";
import type { Value } from "../value";

/** An argument as a function gets it: one alternative, and no error. What is inside a collection may still be several. */
export type Argument = Exclude<Value, { kind: "union" | "error" }>;

/**
 * A Terraform function. It gives everything that the real one may give for these arguments, and `unknown` where that
 * cannot be determined, which is always safe.
 */
export type Call = (args: readonly Argument[], at: Place) => Value;
