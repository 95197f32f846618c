import { Lazy, TerraformStack } from "cdktf";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { misuse } from "./errors";

/**
 * The region resources of `scope` are made in, as the provider configuration says it, so that nobody types it twice.
 * Where the provider is declared later than its resources, it is read when the app synthesises.
 * @param provider the provider of the resource. @default the stack's provider without an alias
 * @throws ConstructError `UnknownRegion` during synthesis
 */
export function regionOf(scope: Construct, provider?: TerraformProvider): string {
  return readRegion(scope, provider) ?? Lazy.stringValue({ produce: () => demandRegion(scope, provider) });
}

function readRegion(scope: Construct, provider?: TerraformProvider): string | undefined {
  const found = provider ?? defaultProvider(scope);
  return found instanceof AlicloudProvider && found.regionInput !== "" ? found.regionInput : undefined;
}

function demandRegion(scope: Construct, provider?: TerraformProvider): string {
  const region = readRegion(scope, provider);
  if (region !== undefined) return region;
  const found = provider ?? defaultProvider(scope);
  throw misuse({
    code: "UnknownRegion",
    what: "the region",
    rule: "set on the provider",
    got: found === undefined ? "no provider" : "a provider without a region",
    at: scope.node.path,
    fix: "give AlicloudProvider a `region`, or give `region` where the target is named.",
  });
}

function defaultProvider(scope: Construct): AlicloudProvider | undefined {
  return TerraformStack.of(scope)
    .node.findAll()
    .find((node): node is AlicloudProvider => node instanceof AlicloudProvider && node.alias === undefined);
}
