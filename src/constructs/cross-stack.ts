import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { AnycastBinding } from "./anycast-binding";
import { isUnknown } from "./checks";
import { ExistingClb } from "./clb-lookup";
import { ExistingNetworkInterface } from "./eni-lookup";
import { ConstructError } from "./errors";
import { otherStack } from "./other-stack";
import { providersOf } from "./region";
import type { RegionalProvider } from "./region";

/**
 * Adds a data source for a target that another stack makes, because this stack's plan shows only the id. Terraform then
 * refuses a wrong target, and the gate proves the right one, before anything is bound.
 * @returns the given binding, or one to what the data source finds
 * @throws ConstructError `NoProviderForRegion`
 */
export function lookUpFromOtherStack(scope: Construct, id: string, binding: AnycastBinding): AnycastBinding {
  const origin = otherStack(scope, binding.instanceId);
  if (origin === undefined) return binding;
  const { regionId: region, instanceId, privateIpAddress, dependsOn } = binding;
  const provider = providerFor(scope, region, origin);
  const found =
    binding.instanceType === "SlbInstance"
      ? new ExistingClb(scope, id, { loadBalancerId: instanceId, region, provider })
      : new ExistingNetworkInterface(scope, id, { networkInterfaceId: instanceId, region, privateIpAddress, provider });
  return { ...found.anycastBinding(), dependsOn };
}

function providerFor(scope: Construct, region: string, origin: TerraformStack): RegionalProvider | undefined {
  if (isUnknown(region)) return undefined;
  const all = providersOf(scope);
  const fitting = all.find((one) => one.regionInput === region) ?? all.find((one) => one.regionInput === undefined);
  if (fitting !== undefined || all.length === 0) return fitting;
  throw new ConstructError(
    "NoProviderForRegion",
    `The stack ${TerraformStack.of(scope).node.path} has no provider for the region ${region}, to look up the target that ${origin.node.path} makes (at ${scope.node.path}). Fix: declare new AlicloudProvider(…, { region: "${region}", alias: "${region}" }) in this stack, or make address and load balancer in one stack.`,
  );
}
