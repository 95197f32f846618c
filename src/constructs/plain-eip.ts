import type { ITerraformIterator, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { EipAddress } from "@cdktf/provider-alicloud/lib/eip-address";
import { EipAssociation } from "@cdktf/provider-alicloud/lib/eip-association";
import { checkIsTarget } from "./bindings";
import { noteBound } from "./bound";
import { checkBandwidth, checkChoice, checkDescription, checkName, checkResourceGroup, checkTags } from "./checks";
import type { IInternalClb } from "./clb-base";
import { misuse } from "./errors";
import { checkForEach, checkSameKeys, perKey } from "./for-each";
import { checkObject } from "./settings-checks";

/** Mbit/s, by the billing of the traffic. */
const HIGHEST_BANDWIDTH: Readonly<Record<string, number>> = { PayByTraffic: 200, PayByBandwidth: 500 };

/** Settings of a `PlainEip`. */
export interface PlainEipProps {
  /** @default no name */
  readonly name?: string;
  /** Peak bandwidth in Mbit/s: 1 to 200, or 1 to 500 with `PayByBandwidth`. @default 5, decided by the cloud */
  readonly bandwidth?: number;
  /** @default "PayByTraffic" */
  readonly internetChargeType?: "PayByTraffic" | "PayByBandwidth";
  /** At most 256 characters. @default none */
  readonly description?: string;
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Makes one per key; names and other values then come from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/**
 * An ordinary EIP of one region, for the comparison: users reach it over the open internet.
 * @throws ConstructError `InvalidName`, `InvalidDescription`, `InvalidBandwidth`, `InvalidChoice`, `InvalidTags`, `InvalidId`,
 *   `InvalidIterator`
 * @example
 * new PlainEip(stack, "plain", { name: "shop-plain" }).attach(clb);
 */
export class PlainEip extends Construct {
  /** The resource itself, for settings that this class does not offer. */
  public readonly resource: EipAddress;

  public constructor(scope: Construct, id: string, props: PlainEipProps = {}) {
    super(scope, id);
    checkObject(this, "the settings of an EIP", props);
    checkName(this, props.name);
    checkDescription(this, props.description);
    checkTags(this, props.tags);
    checkResourceGroup(this, props.resourceGroupId);
    checkForEach(this, props.forEach);
    const internetChargeType = props.internetChargeType ?? "PayByTraffic";
    checkChoice(this, "the traffic billing", internetChargeType, Object.keys(HIGHEST_BANDWIDTH));
    checkBandwidth(this, props.bandwidth, { min: 1, max: HIGHEST_BANDWIDTH[internetChargeType] ?? 500, default: 5 });
    this.resource = perKey(
      new EipAddress(this, "address", {
        addressName: props.name,
        bandwidth: props.bandwidth === undefined ? undefined : String(props.bandwidth),
        internetChargeType,
        paymentType: "PayAsYouGo",
        description: props.description,
        resourceGroupId: props.resourceGroupId,
        tags: props.tags === undefined ? undefined : { ...props.tags },
        forEach: props.forEach,
        provider: props.provider,
      }),
    );
  }

  /** Id of the address, `eip-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }

  /** The public IP address, known after it is made. */
  public get ipAddress(): string {
    return this.resource.ipAddress;
  }

  /**
   * Associates the address with a load balancer. An EIP serves one resource: attach it once.
   * @throws ConstructError `AttachedTwice`, `NoTarget`, `BoundTwice`, `IteratorMismatch`
   */
  public attach(clb: IInternalClb): EipAssociation {
    if (this.node.tryFindChild("association") !== undefined) {
      throw misuse({
        code: "AttachedTwice",
        what: "the load balancer of an EIP",
        rule: "a single one",
        got: "a second one",
        at: this.node.path,
        fix: "make a further EIP for it.",
      });
    }
    checkIsTarget(this, clb);
    const { forEach } = this.resource;
    const binding = clb.anycastBinding();
    checkSameKeys(this, forEach, binding);
    noteBound("EIP", this, binding.identity ?? binding.instanceId, forEach);
    return new EipAssociation(this, "association", {
      allocationId: this.resource.id,
      instanceId: clb.id,
      instanceType: "SlbInstance",
      forEach,
      provider: this.resource.provider,
    });
  }
}
