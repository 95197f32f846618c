import type { ITerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import type { IAnycastTarget } from "./anycast-binding";
import { ExistingNetworkInterface } from "./eni-lookup";
import type { ExistingNetworkInterfaceOptions, NetworkInterfaceLookupProps } from "./eni-lookup";

/** A load balancer as a target, by its id. */
export interface LoadBalancerTargetProps {
  /** Id of an internal-facing CLB in a VPC, e.g. `lb-…`, or a reference to it. */
  readonly loadBalancerId: string;
  /** Region id of the load balancer, e.g. `ap-southeast-1`. */
  readonly region: string;
  /** What the ids come from, where there is one per key. @default a single target */
  readonly forEach?: ITerraformIterator;
}

/** A network interface as a target, by its id. */
export interface NetworkInterfaceTargetProps {
  /** Id of an elastic network interface, e.g. `eni-…`, or a reference to it. */
  readonly networkInterfaceId: string;
  /** Region id of the interface. */
  readonly region: string;
  /** One of the interface's addresses. @default its primary address */
  readonly privateIpAddress?: string;
  /** What the ids come from, where there is one per key. @default a single target */
  readonly forEach?: ITerraformIterator;
}

/** Targets that are not made by this library's constructs. The policy gate proves them from the plan. */
export class AnycastTarget {
  /**
   * An existing elastic network interface, by its id. Terraform reads it when it plans, and refuses one that
   * is missing or lacks the given address. The gate refuses it unless `anycast.yaml` allows the type.
   * @throws ConstructError `InvalidId`, `InvalidAddress`
   * @example
   * address.attach(AnycastTarget.fromNetworkInterfaceId(stack, "eni", "eni-gw8abc"));
   */
  public static fromNetworkInterfaceId(
    scope: Construct,
    id: string,
    networkInterfaceId: string,
    options: ExistingNetworkInterfaceOptions = {},
  ): IAnycastTarget {
    return new ExistingNetworkInterface(scope, id, { ...options, networkInterfaceId });
  }

  /**
   * An existing elastic network interface, by name, instance, tags or network. Exactly one must be found.
   * @throws ConstructError `NothingToLookFor`, `InvalidId`, `InvalidAddress`, `InvalidTags`
   * @example
   * const eni = AnycastTarget.fromNetworkInterfaceLookup(stack, "eni", { instanceId: "i-gw8abc" });
   */
  public static fromNetworkInterfaceLookup(
    scope: Construct,
    id: string,
    props: NetworkInterfaceLookupProps,
  ): IAnycastTarget {
    return new ExistingNetworkInterface(scope, id, props);
  }

  /** A load balancer by its id. */
  public static loadBalancer(props: LoadBalancerTargetProps): IAnycastTarget {
    return {
      anycastBinding: () => ({
        instanceId: props.loadBalancerId,
        instanceType: "SlbInstance",
        regionId: props.region,
        forEach: props.forEach,
      }),
    };
  }

  /** An elastic network interface by its id. The gate refuses it unless `anycast.yaml` allows the type. */
  public static networkInterface(props: NetworkInterfaceTargetProps): IAnycastTarget {
    return {
      anycastBinding: () => ({
        instanceId: props.networkInterfaceId,
        instanceType: "NetworkInterface",
        regionId: props.region,
        privateIpAddress: props.privateIpAddress,
        forEach: props.forEach,
      }),
    };
  }

  private constructor() {}
}
