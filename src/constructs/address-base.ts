import { Annotations } from "cdktf";
import type { ITerraformIterator, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DataAlicloudEipanycastAnycastEipAddresses } from "@cdktf/provider-alicloud/lib/data-alicloud-eipanycast-anycast-eip-addresses";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import type { AnycastBinding, IAnycastTarget } from "./anycast-binding";
import { noteBound } from "./bound";
import { checkBindings, checkIsTarget, checkTarget } from "./bindings";
import { checkChoice } from "./checks";
import { lookUpFromOtherStack } from "./cross-stack";
import { ANYCAST_FACTS } from "./facts";
import type { AnycastArea, AssociationMode } from "./facts";
import { checkSameKeys, perKey } from "./for-each";

/** How an address is bound to a target. */
export interface AttachOptions {
  /** Construct id of the attachment. @default "attachment", then "attachment-2", … */
  readonly id?: string;
  /** @default "Default" for the first target, "Normal" for each further one */
  readonly associationMode?: AssociationMode;
  /** Access points that a `Normal` target serves, e.g. `us-west-1-pop`. @default none */
  readonly popLocations?: readonly string[];
}

/** An Anycast EIP that this app makes, or an existing one. */
export interface IAnycastEip {
  /** Id of the address, `aeip-…`. */
  readonly id: string;
  /** The public IP address. */
  readonly ipAddress: string;
  /** Binds the address to a target. */
  attach(target: IAnycastTarget, options?: AttachOptions): EipanycastAnycastEipAddressAttachment;
}

/** Base of new and existing addresses. */
export abstract class AddressBase extends Construct implements IAnycastEip {
  protected readonly attachments: EipanycastAnycastEipAddressAttachment[] = [];
  private addresses?: DataAlicloudEipanycastAnycastEipAddresses;

  public abstract get id(): string;
  protected abstract get provider(): TerraformProvider | undefined;
  /** The iterator of the addresses, where there is one per key. */
  protected abstract get forEach(): ITerraformIterator | undefined;
  /** Undefined where it is not known. */
  protected abstract get area(): AnycastArea | undefined;
  /** Whether other targets may be bound already, by another app. */
  protected abstract get isShared(): boolean;

  /**
   * The public IP address, known after it is made. The resource does not export it: the first use of this property adds
   * the data source that does. It refers to the resource's id, so terraform reads it once the address exists.
   */
  public get ipAddress(): string {
    const found = {
      condition: "${length(self.addresses) == 1}",
      errorMessage: `The Anycast EIP of ${this.node.path} was not found. Fix: check its id and the account.`,
    };
    this.addresses ??= perKey(
      new DataAlicloudEipanycastAnycastEipAddresses(this, "lookup", {
        ids: [this.id],
        forEach: this.forEach,
        provider: this.provider,
        lifecycle: this.isShared ? { postcondition: [found] } : undefined,
      }),
    );
    return this.addresses.addresses.get(0).ipAddress;
  }

  /**
   * Binds the address to a load balancer (or network interface): one per region, one of them the default. A target of
   * another stack is looked up here, so that terraform and the gate read what it is before anything is bound. Addresses made
   * with `forEach` are bound to targets made with the same iterator, key by key.
   * Binding can interrupt a running service for a moment: do it off-peak, or move the load away first.
   * @throws ConstructError `UnsupportedRegion`, `TwoTargetsInRegion`, `TwoDefaultTargets`, `InvalidChoice`,
   *   `InvalidAccessPoint`, `NoTarget`, `InvalidId`, `InvalidAddress`, `BoundTwice`, `NoProviderForRegion`, `IteratorMismatch`
   */
  public attach(target: IAnycastTarget, options: AttachOptions = {}): EipanycastAnycastEipAddressAttachment {
    checkIsTarget(this, target);
    const given = target.anycastBinding();
    const earlier = this.attachments.at(-1);
    const mode = options.associationMode ?? (earlier === undefined ? "Default" : "Normal");
    checkChoice(this, "the association mode", mode, ANYCAST_FACTS.binding.association_modes);
    checkTarget(this, given);
    checkSameKeys(this, this.forEach, given);
    const popLocations = options.popLocations ?? [];
    checkBindings(this, this.area, { regionId: given.regionId, mode, popLocations }, this.attachments);
    noteBound("Anycast EIP", this, given.identity ?? given.instanceId, this.forEach);
    const number = this.attachments.length + 1;
    const suffix = number === 1 ? "" : `-${number}`;
    const binding: AnycastBinding = lookUpFromOtherStack(this, `target${suffix}`, given);
    // The cloud refuses two changes of one address at a time, so each binding waits for the one before it.
    const after = [...(binding.dependsOn ?? []), ...(earlier === undefined ? [] : [earlier])];
    const attachment = new EipanycastAnycastEipAddressAttachment(this, options.id ?? `attachment${suffix}`, {
      anycastId: this.id,
      bindInstanceId: binding.instanceId,
      bindInstanceType: binding.instanceType,
      bindInstanceRegionId: binding.regionId,
      associationMode: mode,
      privateIpAddress: binding.privateIpAddress,
      popLocations: popLocations.length === 0 ? undefined : popLocations.map((popLocation) => ({ popLocation })),
      forEach: this.forEach,
      provider: this.provider,
      dependsOn: after.length === 0 ? undefined : after,
    });
    this.attachments.push(attachment);
    if (this.isShared && mode === "Default" && options.associationMode === undefined) {
      Annotations.of(attachment).addWarning(
        "This binding becomes the default one of an address that is there already; an earlier default one becomes Normal. " +
          "Give `associationMode` to say which is meant.",
      );
    }
    return attachment;
  }
}
