import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";

/** A reference as cdktf makes it; its target and the target's stack are not in cdktf's public types. */
interface Reference {
  readonly originStack?: TerraformStack;
  readonly identifier?: string;
}

/** The references in a text. */
function referencesIn(text: string): readonly Reference[] {
  // The value of an iterator has the type `any`, so it may be used as a text without being one.
  return Tokenization.reverseString(Token.asString(text)).tokens as unknown as readonly Reference[];
}

/** The stack that makes what a text refers to, where that is another one than that of `scope`. */
export function otherStack(scope: Construct, text: string): TerraformStack | undefined {
  const own = TerraformStack.of(scope);
  return referencesIn(text).find(({ originStack }) => originStack !== undefined && originStack !== own)?.originStack;
}

/** A value as it is synthesised for the stack of a construct. */
export function resolved(scope: Construct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, preparing: false, resolver });
}

/**
 * Identifies an instance in a whole app: its id, or the expression for the id and the stack that evaluates it. Undefined
 * where that is not decided yet.
 */
export function identityOf(scope: Construct, text: string): string | undefined {
  const references = referencesIn(text);
  const [only] = references;
  if (references.length === 1 && only?.originStack !== undefined && only.identifier !== undefined) {
    return `${only.originStack.node.path}:\${${only.identifier}}`;
  }
  try {
    const expression = String(resolved(scope, text));
    return expression.includes("${") ? `${TerraformStack.of(scope).node.path}:${expression}` : expression;
  } catch {
    // A lazy value that the app decides later: the gate reads it in the plan.
    return undefined;
  }
}
