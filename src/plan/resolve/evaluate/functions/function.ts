import type { Place } from "../../../source/hcl/ast";
import type { Value } from "../value";

/** An argument as a function gets it: one alternative, and no error. What is inside a collection may still be several. */
export type Argument = Exclude<Value, { kind: "union" | "error" }>;

/**
 * A function of Terraform's. It gives all that the real one may give for these arguments; `unknown` where it does not
 * know, which is never wrong.
 */
export type Call = (args: readonly Argument[], at: Place) => Value;
