import { Fn } from "cdktf";
import type { ITerraformIterator, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { DataAlicloudSlbLoadBalancers } from "@cdktf/provider-alicloud/lib/data-alicloud-slb-load-balancers";
import type { AnycastBinding } from "./anycast-binding";
import { checkId, isUnknown } from "./checks";
import { ClbBase } from "./clb-base";
import { ConstructError } from "./errors";
import { checkForEach, perKey } from "./for-each";
import { checkLookup, isNothing } from "./lookup-checks";
import { regionOf } from "./region";

/** Options of an existing load balancer. */
export interface ExistingClbOptions {
  /** Region id, only where the provider takes its region from the environment. @default the provider's region */
  readonly region?: string;
  /** Looks one up per key; what is looked for then comes from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** The provider of the load balancer's region. @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/** What to look for; exactly one internal load balancer must be found. */
export interface InternalClbLookupProps extends ExistingClbOptions {
  /** @default any id */
  readonly loadBalancerId?: string;
  /** The whole name. @default any name */
  readonly name?: string;
  /** Tags that it has, among others. @default any tags */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default any VPC */
  readonly vpcId?: string;
  /** @default any vSwitch */
  readonly vswitchId?: string;
  /** Id of a resource group, `rg-…`. @default any group */
  readonly resourceGroupId?: string;
}

/**
 * An existing load balancer, read by a data source. Terraform reads it when it plans, and refuses with a message one that
 * is missing, internet-facing or in the classic network, and a search that finds several.
 */
export class ExistingClb extends ClbBase {
  /** The data source itself. */
  public readonly lookup: DataAlicloudSlbLoadBalancers;
  public readonly region: string;
  private readonly identity: string | undefined;

  public constructor(scope: Construct, id: string, props: InternalClbLookupProps) {
    super(scope, id);
    const { loadBalancerId, name, tags, vpcId, vswitchId, resourceGroupId } = props;
    const wanted = { loadBalancerId, name, tags, vpcId, vswitchId, resourceGroupId };
    if (loadBalancerId !== undefined) checkId(this, "the id of the load balancer", "lb-", loadBalancerId);
    if (Object.values(wanted).every(isNothing)) {
      throw new ConstructError(
        "NothingToLookFor",
        `The look-up of a load balancer needs at least one of ${Object.keys(wanted).join(", ")} (at ${this.node.path}). Fix: name the load balancer.`,
      );
    }
    checkLookup(this, { name, vpcId, vswitchId, resourceGroupId, tags });
    checkForEach(this, props.forEach);
    this.identity = loadBalancerId;
    this.region = props.region ?? regionOf(this, props.provider);
    const it = loadBalancerId === undefined ? `The load balancer of ${this.node.path}` : "The load balancer";
    this.lookup = perKey(
      new DataAlicloudSlbLoadBalancers(this, "lookup", {
        ids: loadBalancerId === undefined ? undefined : [loadBalancerId],
        loadBalancerName: name,
        tags: tags === undefined ? undefined : { ...tags },
        vpcId,
        vswitchId,
        resourceGroupId,
        forEach: props.forEach,
        provider: props.provider,
        lifecycle: {
          // Terraform accepts no condition over a literal; a literal was checked above.
          ...(loadBalancerId === undefined || !isUnknown(loadBalancerId)
            ? {}
            : {
                precondition: [
                  {
                    condition: Fn.startswith(loadBalancerId, "lb-"),
                    errorMessage: "Expected the id of a load balancer, which starts with lb-. Fix: give another id.",
                  },
                ],
              }),
          postcondition: [
            {
              condition: "${length(self.balancers) == 1}",
              errorMessage: `${it} was not found in the provider's region, or there are several. Fix: check id and region, or say more exactly which one is meant.`,
            },
            {
              condition: '${alltrue([for one in self.balancers : one.address_type == "intranet"])}',
              errorMessage: `${it} is internet-facing. An Anycast EIP can be bound to internal-facing load balancers only. Fix: name an internal one.`,
            },
            {
              condition: '${alltrue([for one in self.balancers : one.network_type == "vpc" && one.vswitch_id != ""])}',
              errorMessage: `${it} is in the classic network. An Anycast EIP can be bound to load balancers in a VPC only. Fix: name one that has a vSwitch.`,
            },
          ],
        },
      }),
    );
  }

  public get id(): string {
    return this.lookup.balancers.get(0).id;
  }

  public get address(): string {
    return this.lookup.balancers.get(0).address;
  }

  public override anycastBinding(): AnycastBinding {
    return { ...super.anycastBinding(), identity: this.identity };
  }

  protected get provider(): TerraformProvider | undefined {
    return this.lookup.provider;
  }

  protected get forEach(): ITerraformIterator | undefined {
    return this.lookup.forEach;
  }
}
