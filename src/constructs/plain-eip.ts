import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { EipAddress } from "@cdktf/provider-alicloud/lib/eip-address";
import { EipAssociation } from "@cdktf/provider-alicloud/lib/eip-association";
import { checkDescription, checkName, checkTags } from "./checks";
import type { IInternalClb } from "./clb-base";

/** Settings of a `PlainEip`. */
export interface PlainEipProps {
  /** @default no name */
  readonly name?: string;
  /** Peak bandwidth in Mbit/s. @default 5, decided by the cloud */
  readonly bandwidth?: number;
  /** @default "PayByTraffic" */
  readonly internetChargeType?: "PayByTraffic" | "PayByBandwidth";
  /** At most 256 characters. @default none */
  readonly description?: string;
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/**
 * An ordinary EIP of one region, for the comparison: users reach it over the open internet.
 * @throws ConstructError `InvalidName`, `InvalidDescription`, `InvalidTags`
 * @example
 * new PlainEip(stack, "plain", { name: "shop-plain" }).attach(clb);
 */
export class PlainEip extends Construct {
  /** The resource itself, for whatever this class has no word for. */
  public readonly resource: EipAddress;

  public constructor(scope: Construct, id: string, props: PlainEipProps = {}) {
    super(scope, id);
    checkName(this, props.name);
    checkDescription(this, props.description);
    checkTags(this, props.tags);
    this.resource = new EipAddress(this, "address", {
      addressName: props.name,
      bandwidth: props.bandwidth === undefined ? undefined : String(props.bandwidth),
      internetChargeType: props.internetChargeType ?? "PayByTraffic",
      paymentType: "PayAsYouGo",
      description: props.description,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags === undefined ? undefined : { ...props.tags },
      provider: props.provider,
    });
  }

  /** Id of the address, `eip-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }

  /** The public IP address, known after it is made. */
  public get ipAddress(): string {
    return this.resource.ipAddress;
  }

  /** Associates the address with a load balancer. An EIP serves one resource: attach it once. */
  public attach(clb: IInternalClb): EipAssociation {
    return new EipAssociation(this, "association", {
      allocationId: this.resource.id,
      instanceId: clb.id,
      instanceType: "SlbInstance",
      provider: this.resource.provider,
    });
  }
}
