import { Tokenization, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** A reference as cdktf makes it; what it refers to and where that is made are no part of its public types. */
interface Reference {
  readonly originStack?: TerraformStack;
  readonly identifier?: string;
}

/** The references in a text. */
function referencesIn(text: string): readonly Reference[] {
  return Tokenization.reverseString(text).tokens as unknown as readonly Reference[];
}

/** The stack that makes what a text refers to, where that is another one than that of `scope`. */
export function otherStack(scope: Construct, text: string): TerraformStack | undefined {
  const own = TerraformStack.of(scope);
  return referencesIn(text).find(({ originStack }) => originStack !== undefined && originStack !== own)?.originStack;
}

/** What tells one thing from another in a whole app: an id as it is, or the stack and address of a reference. */
export function identityOf(text: string): string {
  const references = referencesIn(text);
  if (references.length === 0) return text;
  return references
    .map(({ originStack, identifier }) => `${originStack?.node.path ?? "?"}:${identifier ?? "?"}`)
    .join(" ");
}
