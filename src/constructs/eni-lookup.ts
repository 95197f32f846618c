import { Fn } from "cdktf";
import type { ITerraformIterator, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DataAlicloudEcsNetworkInterfaces } from "@cdktf/provider-alicloud/lib/data-alicloud-ecs-network-interfaces";
import type { AnycastBinding, IAnycastTarget } from "./anycast-binding";
import { checkAddress, checkId, isUnknown } from "./checks";
import { ConstructError } from "./errors";
import { checkForEach, perKey } from "./for-each";
import { checkLookup, isNothing } from "./lookup-checks";
import { regionOf } from "./region";

/** Options of an existing network interface. */
export interface ExistingNetworkInterfaceOptions {
  /** One of the interface's addresses. @default its primary address */
  readonly privateIpAddress?: string;
  /** Region id, only where the provider takes its region from the environment. @default the provider's region */
  readonly region?: string;
  /** Looks one up per key; what is looked for then comes from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** The provider of the interface's region. @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/** What to look for; exactly one network interface must be found. */
export interface NetworkInterfaceLookupProps extends ExistingNetworkInterfaceOptions {
  /** @default any id */
  readonly networkInterfaceId?: string;
  /** The whole name. @default any name */
  readonly name?: string;
  /** Id of the ECS instance it belongs to, `i-…`. @default any instance */
  readonly instanceId?: string;
  /** Tags that it has, among others. @default any tags */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default any VPC */
  readonly vpcId?: string;
  /** @default any vSwitch */
  readonly vswitchId?: string;
}

/**
 * An existing network interface, read by a data source. Terraform reads it when it plans, and refuses with a message one
 * that is missing or does not have the given address, and a search that finds several.
 */
export class ExistingNetworkInterface extends Construct implements IAnycastTarget {
  /** The data source itself. */
  public readonly lookup: DataAlicloudEcsNetworkInterfaces;
  /** Region id. */
  public readonly region: string;
  private readonly privateIpAddress: string | undefined;
  private readonly identity: string | undefined;

  public constructor(scope: Construct, id: string, props: NetworkInterfaceLookupProps) {
    super(scope, id);
    const { networkInterfaceId, name, instanceId, tags, vpcId, vswitchId, privateIpAddress } = props;
    const wanted = { networkInterfaceId, name, instanceId, tags, vpcId, vswitchId };
    if (networkInterfaceId !== undefined) checkId(this, "the id of the network interface", "eni-", networkInterfaceId);
    if (Object.values(wanted).every(isNothing)) {
      throw new ConstructError(
        "NothingToLookFor",
        `The look-up of a network interface needs at least one of ${Object.keys(wanted).join(", ")} (at ${this.node.path}). Fix: name the interface.`,
      );
    }
    checkAddress(this, "the private address", privateIpAddress);
    checkLookup(this, { name, instanceId, vpcId, vswitchId, tags });
    checkForEach(this, props.forEach);
    this.privateIpAddress = privateIpAddress;
    this.identity = networkInterfaceId;
    this.region = props.region ?? regionOf(this, props.provider);
    const it = `The network interface of ${this.node.path}`;
    this.lookup = perKey(
      new DataAlicloudEcsNetworkInterfaces(this, "lookup", {
        ids: networkInterfaceId === undefined ? undefined : [networkInterfaceId],
        networkInterfaceName: name,
        instanceId,
        tags: tags === undefined ? undefined : { ...tags },
        vpcId,
        vswitchId,
        forEach: props.forEach,
        provider: props.provider,
        lifecycle: {
          precondition:
            networkInterfaceId === undefined || !isUnknown(networkInterfaceId)
              ? undefined
              : [
                  {
                    condition: Fn.startswith(networkInterfaceId, "eni-"),
                    errorMessage:
                      "Expected the id of a network interface, which starts with eni-. Fix: give another id.",
                  },
                ],
          postcondition: [
            {
              condition: "${length(self.interfaces) == 1}",
              errorMessage: `${it} was not found in the provider's region, or there are several. Fix: check id and region, or say more exactly which one is meant.`,
            },
            {
              condition: '${alltrue([for one in self.interfaces : contains(["Available", "InUse"], one.status)])}',
              errorMessage: `${it} is neither available nor in use, so that nothing can be bound to it. Fix: name another one.`,
            },
            ...(privateIpAddress === undefined
              ? []
              : [
                  {
                    condition: `\${alltrue([for one in self.interfaces : contains(concat([one.primary_ip_address], tolist(one.private_ip_addresses)), "${privateIpAddress}")])}`,
                    errorMessage: `${it} does not have the private address that was given. Fix: give one that it has, or leave it out.`,
                  },
                ]),
          ],
        },
      }),
    );
  }

  /** Id of the interface, `eni-…`. */
  public get id(): string {
    return this.lookup.interfaces.get(0).id;
  }

  public anycastBinding(): AnycastBinding {
    return {
      instanceId: this.id,
      instanceType: "NetworkInterface",
      regionId: this.region,
      privateIpAddress: this.privateIpAddress,
      identity: this.identity,
      forEach: this.lookup.forEach,
    };
  }
}
