import { Lazy, TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "./errors";

/** The provider by its properties, not its class: a team may have generated bindings of its own. */
export type RegionalProvider = TerraformProvider & { readonly regionInput?: string };

/**
 * The region that resources of `scope` are made in, from the provider configuration, so that it is declared only once.
 * Where the provider is declared later than its resources, it is read when the app synthesises.
 * @param provider the provider of the resource. @default the stack's provider without an alias
 * @throws ConstructError `UnknownRegion` during synthesis
 */
export function regionOf(scope: Construct, provider?: RegionalProvider): string {
  return readRegion(scope, provider) ?? Lazy.stringValue({ produce: () => demandRegion(scope, provider) });
}

/** The same, where it is known already. */
export function knownRegion(scope: Construct, provider?: RegionalProvider): string | undefined {
  const region = readRegion(scope, provider);
  return region === undefined || Token.isUnresolved(region) ? undefined : region;
}

function readRegion(scope: Construct, provider?: RegionalProvider): string | undefined {
  const region = (provider ?? defaultProvider(scope))?.regionInput;
  return region === "" ? undefined : region;
}

function demandRegion(scope: Construct, provider?: RegionalProvider): string {
  const region = readRegion(scope, provider);
  if (region !== undefined) return region;
  throw new ConstructError(
    "UnknownRegion",
    `The region is not known: there is ${(provider ?? defaultProvider(scope)) === undefined ? "no provider" : "a provider without a region"} (at ${scope.node.path}). Fix: give AlicloudProvider a \`region\`, or give \`region\` where the target is named.`,
  );
}

function defaultProvider(scope: Construct): RegionalProvider | undefined {
  return providersOf(scope).find((provider) => provider.alias === undefined);
}

/** Every provider of this cloud in the stack of `scope`. */
export function providersOf(scope: Construct): readonly RegionalProvider[] {
  return TerraformStack.of(scope)
    .node.findAll()
    .filter(
      (node): node is RegionalProvider =>
        TerraformProvider.isTerraformElement(node) &&
        (node as TerraformProvider).terraformResourceType === "alicloud" &&
        "terraformProviderSource" in node,
    );
}
