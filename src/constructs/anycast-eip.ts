import type { ITerraformIterator, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { AddressBase } from "./address-base";
import type { IAnycastEip } from "./address-base";
import { missingDefault } from "./bindings";
import { checkBandwidth, checkChoice, checkDescription, checkName, checkResourceGroup, checkTags } from "./checks";
import { ExistingAddress } from "./existing-address";
import type { ExistingAnycastEipOptions } from "./existing-address";
import { ANYCAST_FACTS } from "./facts";
import type { AnycastArea } from "./facts";
import { checkForEach, perKey } from "./for-each";
import { checkObject } from "./settings-checks";

/** Settings of an `AnycastEip`. */
export interface AnycastEipProps {
  /** 2 to 128 characters: letters, digits, `_`, `-`, starting with a letter. @default no name */
  readonly name?: string;
  /** Where users come from. A change replaces the address. @default "international" */
  readonly area?: AnycastArea;
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
  /** Makes one per key; names and other values then come from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/**
 * An Anycast EIP: one public address, announced at every access point of its area.
 * @throws ConstructError `InvalidName`, `InvalidDescription`, `InvalidBandwidth`, `InvalidChoice`, `InvalidTags`, `InvalidId`,
 *   `InvalidIterator`
 * @example
 * const address = new AnycastEip(stack, "address", { name: "service", bandwidth: 500 });
 * address.attach(clb);
 * @example
 * // One of each per key. `terraform output ids` shows all of them.
 * const tenants = TerraformIterator.fromMap({ blue: { bandwidth: 300 }, green: { bandwidth: 500 } });
 * const clbs = new InternalClb(stack, "clbs", { forEach: tenants, vswitchId: vswitch.id, name: `shop-${tenants.key}` });
 * const addresses = new AnycastEip(stack, "addresses", { forEach: tenants, bandwidth: tenants.getNumber("bandwidth") });
 * addresses.attach(clbs);
 * new TerraformOutput(stack, "ids", { value: TerraformIterator.fromResources(addresses.resource).pluckProperty("id") });
 */
export class AnycastEip extends AddressBase {
  /**
   * An existing address, by its id. Nothing about it is changed except the targets that are attached here.
   * @throws ConstructError `InvalidId`
   * @example
   * AnycastEip.fromAnycastEipId(stack, "address", "aeip-2zeabc").attach(clb, { associationMode: "Normal" });
   */
  public static fromAnycastEipId(
    scope: Construct,
    id: string,
    anycastEipId: string,
    options: ExistingAnycastEipOptions = {},
  ): IAnycastEip {
    return new ExistingAddress(scope, id, anycastEipId, options);
  }

  /** The resource itself, for settings that this class does not offer. */
  public readonly resource: EipanycastAnycastEipAddress;
  protected readonly area: AnycastArea;
  protected readonly isShared = false;

  public constructor(scope: Construct, id: string, props: AnycastEipProps = {}) {
    super(scope, id);
    checkObject(this, "the settings of an Anycast EIP", props);
    const facts = ANYCAST_FACTS.address;
    checkName(this, props.name);
    checkDescription(this, props.description);
    checkBandwidth(this, props.bandwidth);
    checkTags(this, props.tags);
    checkResourceGroup(this, props.resourceGroupId);
    checkForEach(this, props.forEach);
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
    this.resource = perKey(
      new EipanycastAnycastEipAddress(this, "address", {
        serviceLocation: area,
        internetChargeType,
        paymentType,
        anycastEipAddressName: props.name,
        bandwidth: props.bandwidth,
        description: props.description,
        resourceGroupId: props.resourceGroupId,
        tags: props.tags === undefined ? undefined : { ...props.tags },
        forEach: props.forEach,
        provider: props.provider,
      }),
    );
    this.node.addValidation({ validate: () => missingDefault(this, this.attachments) });
  }

  /** Id of the address, `aeip-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }

  protected get provider(): TerraformProvider | undefined {
    return this.resource.provider;
  }

  protected get forEach(): ITerraformIterator | undefined {
    return this.resource.forEach;
  }
}
