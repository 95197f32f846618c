import type { ITerraformIterator, TerraformProvider } from "cdktf";

/** Settings of an `InternalClb`. */
export interface InternalClbProps {
  /** Id of the vSwitch (and so of the VPC) the load balancer is in. */
  readonly vswitchId: string;
  /** @default a name made by the cloud */
  readonly name?: string;
  /** Billing. New pay-as-you-go load balancers take `PayByCLCU` only. @default "PayByCLCU" */
  readonly instanceChargeType?: "PayByCLCU" | "PayBySpec";
  /** Specification, with `PayBySpec` only, e.g. `slb.s1.small`. @default none */
  readonly spec?: string;
  /** A private address inside the vSwitch. @default one chosen by the cloud */
  readonly address?: string;
  /** @default the cloud chooses */
  readonly masterZoneId?: string;
  /** @default the cloud chooses */
  readonly slaveZoneId?: string;
  /** Refuses deletion until it is switched off again. @default false */
  readonly deleteProtection?: boolean;
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Region id, only where the provider takes its region from the environment. @default the provider's region */
  readonly region?: string;
  /** Makes one per key; names and other values then come from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;

  /** An internal load balancer has no address type to choose. */
  readonly addressType?: never;
  /** An internal load balancer has no traffic of its own to bill. */
  readonly internetChargeType?: never;
}
