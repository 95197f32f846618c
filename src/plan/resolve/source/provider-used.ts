import type { Expression } from "../../source/hcl/ast";
import type { ProviderSource, ResourceSource } from "../../source/configuration";
import { evaluate } from "../evaluate/evaluate";
import type { ModuleInstance } from "../evaluate/instance";
import type { Scope } from "../evaluate/scope";
import { optionsOf } from "../evaluate/value";

/** A provider configuration and the key of one of its instances. */
export interface ProviderUsed {
  readonly module: ModuleInstance;
  readonly provider: ProviderSource;
  readonly key: string;
}

/** `alicloud`, `alicloud.hk` or `alicloud.by[KEY]`. */
interface Reference {
  readonly name: string;
  readonly key: Expression | undefined;
}

/**
 * The one instance of a provider with `for_each` (OpenTofu) that a block uses: the block names it, or a call hands it
 * to the block's module. Undefined where the key cannot be determined.
 * @param scope that of the block
 */
export function providerUsed(
  module: ModuleInstance,
  block: ResourceSource,
  type: string,
  scope: Scope,
): ProviderUsed | undefined {
  // The default is the one with the local name that the type begins with.
  let reference: Reference | undefined =
    block.provider === undefined
      ? { name: type.split("_", 1)[0]!, key: undefined }
      : referenceOf(block.provider.expression());
  for (let at = { module, scope }; reference !== undefined;) {
    const { name }: Reference = reference;
    const provider = at.module.module.providers.get(name);
    const { calledBy }: ModuleInstance = at.module;
    const handed: Expression | undefined = calledBy?.call.providers.get(name)?.expression();
    // A configuration that the call passes takes precedence over the module's own.
    if (handed !== undefined && calledBy !== undefined) {
      if (reference.key !== undefined) return undefined;
      reference = referenceOf(handed);
      at = { module: calledBy.parent, scope: calledBy.scope };
    } else if (provider !== undefined) {
      const key = provider.forEach === undefined ? undefined : theKey(reference.key, at.scope);
      return key === undefined ? undefined : { module: at.module, provider, key };
    } else if (calledBy !== undefined && !name.includes(".")) {
      at = { module: calledBy.parent, scope: calledBy.scope };
    } else return undefined;
  }
  return undefined;
}

function referenceOf(expression: Expression): Reference | undefined {
  switch (expression.kind) {
    case "root":
      return { name: expression.name, key: undefined };
    case "attribute":
      return expression.of.kind === "root"
        ? { name: `${expression.of.name}.${expression.name}`, key: undefined }
        : undefined;
    case "index": {
      const of = referenceOf(expression.of);
      return of === undefined || of.key !== undefined ? undefined : { name: of.name, key: expression.key };
    }
    default:
      return undefined;
  }
}

function theKey(key: Expression | undefined, scope: Scope): string | undefined {
  if (key === undefined) return undefined;
  const [only, second] = optionsOf(evaluate(key, scope));
  return second === undefined && only?.kind === "string" ? only.value : undefined;
}
