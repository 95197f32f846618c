import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DataAlicloudEipanycastAnycastEipAddresses } from "@cdktf/provider-alicloud/lib/data-alicloud-eipanycast-anycast-eip-addresses";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import type { IAnycastTarget } from "./anycast-target";
import { checkBindings } from "./bindings";
import { checkBandwidth, checkChoice, checkDescription, checkName, checkTags } from "./checks";
import { ANYCAST_FACTS } from "./facts";
import type { AnycastArea, AnycastSpec, AssociationMode } from "./facts";

export interface AnycastEipProps {
  /** 2 to 128 characters: letters, digits, `_`, `-`, starting with a letter. @default no name */
  readonly name?: string;
  /** Where users come from. A change replaces the address. @default "international" */
  readonly area?: AnycastArea;
  /** @default "Standard", the only one there is */
  readonly spec?: AnycastSpec;
  /** Billing of the traffic. @default "PayByTraffic", the only one there is */
  readonly internetChargeType?: "PayByTraffic";
  /** Billing of the address. @default "PayAsYouGo", the only one there is */
  readonly paymentType?: "PayAsYouGo";
  /** Peak bandwidth in Mbit/s, 200 to 1000. @default 1000, decided by the cloud */
  readonly bandwidth?: number;
  /** At most 256 characters. @default none */
  readonly description?: string;
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  /** At most 20. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

export interface AttachOptions {
  /** Construct id of the attachment. @default "attachment", then "attachment-2", … */
  readonly id?: string;
  /** @default "Default" for the first target, "Normal" for each further one */
  readonly associationMode?: AssociationMode;
  /** Access points that a `Normal` target serves, e.g. `us-west-1-pop`. @default none */
  readonly popLocations?: readonly string[];
}

/**
 * An Anycast EIP: one public address, announced at every access point of its area.
 * @throws ConstructError `InvalidName`, `InvalidDescription`, `InvalidBandwidth`, `InvalidChoice`, `InvalidTags`
 */
export class AnycastEip extends Construct {
  /** The resource itself, for whatever this class has no word for. */
  public readonly resource: EipanycastAnycastEipAddress;
  private readonly attachments: EipanycastAnycastEipAddressAttachment[] = [];
  private readonly area: AnycastArea;
  private addresses?: DataAlicloudEipanycastAnycastEipAddresses;

  public constructor(scope: Construct, id: string, props: AnycastEipProps = {}) {
    super(scope, id);
    const facts = ANYCAST_FACTS.address;
    checkName(this, props.name);
    checkDescription(this, props.description);
    checkBandwidth(this, props.bandwidth);
    checkTags(this, props.tags);
    checkChoice(this, "the spec", props.spec, facts.specs);
    const area = props.area ?? facts.default_area;
    checkChoice(
      this,
      "the area",
      area,
      facts.areas.map((one) => one.id),
    );
    const internetChargeType = props.internetChargeType ?? facts.default_internet_charge_type;
    checkChoice(this, "the traffic billing", internetChargeType, facts.internet_charge_types);
    const paymentType = props.paymentType ?? facts.default_payment_type;
    checkChoice(this, "the payment type", paymentType, facts.payment_types);
    this.area = area as AnycastArea;
    this.resource = new EipanycastAnycastEipAddress(this, "address", {
      serviceLocation: area,
      internetChargeType,
      paymentType,
      anycastEipAddressName: props.name,
      bandwidth: props.bandwidth,
      description: props.description,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags === undefined ? undefined : { ...props.tags },
      provider: props.provider,
    });
  }

  /** Id of the address, `aeip-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }

  /**
   * The public IP address, known after it is made. The resource does not export it: the first use of this property adds
   * the data source that does. It names the resource's id, so terraform reads it when the address is there.
   */
  public get ipAddress(): string {
    this.addresses ??= new DataAlicloudEipanycastAnycastEipAddresses(this, "lookup", {
      ids: [this.resource.id],
      provider: this.resource.provider,
    });
    return this.addresses.addresses.get(0).ipAddress;
  }

  /**
   * Binds the address to a load balancer (or network interface): one per region, one of them the default.
   * Binding can interrupt a running service for a moment: do it off-peak, or move the load away first.
   * @throws ConstructError `UnsupportedRegion`, `TwoTargetsInRegion`, `TwoDefaultTargets`, `InvalidChoice`
   */
  public attach(target: IAnycastTarget, options: AttachOptions = {}): EipanycastAnycastEipAddressAttachment {
    const binding = target.anycastBinding();
    const earlier = this.attachments.at(-1);
    const mode = options.associationMode ?? (earlier === undefined ? "Default" : "Normal");
    checkChoice(this, "the association mode", mode, ANYCAST_FACTS.binding.association_modes);
    checkBindings(this, this.area, { regionId: binding.regionId, mode }, this.attachments);
    const number = this.attachments.length + 1;
    // The cloud refuses two changes of one address at a time, so each binding waits for the one before it.
    const after = [...(binding.dependsOn ?? []), ...(earlier === undefined ? [] : [earlier])];
    const attachment = new EipanycastAnycastEipAddressAttachment(
      this,
      options.id ?? (number === 1 ? "attachment" : `attachment-${number}`),
      {
        anycastId: this.resource.id,
        bindInstanceId: binding.instanceId,
        bindInstanceType: binding.instanceType,
        bindInstanceRegionId: binding.regionId,
        associationMode: mode,
        privateIpAddress: binding.privateIpAddress,
        popLocations: options.popLocations?.map((popLocation) => ({ popLocation })),
        provider: this.resource.provider,
        dependsOn: after.length === 0 ? undefined : after,
      },
    );
    this.attachments.push(attachment);
    return attachment;
  }
}
