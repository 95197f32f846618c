import type { ITerraformDependable } from "cdktf";

/** What an Anycast EIP is bound to, in the words of the attachment resource. */
export interface AnycastBinding {
  readonly instanceId: string;
  readonly instanceType: "SlbInstance" | "NetworkInterface";
  /** Region id of the instance. */
  readonly regionId: string;
  /** One of the interface's addresses. @default its primary address */
  readonly privateIpAddress?: string;
  /** What must be finished before the binding is made. @default nothing but the instance itself */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Anything an Anycast EIP can be attached to. */
export interface IAnycastTarget {
  anycastBinding(): AnycastBinding;
}

export interface LoadBalancerTargetProps {
  /** Id of an internal-facing CLB in a VPC, e.g. `lb-…`, or a reference to it. */
  readonly loadBalancerId: string;
  /** Region id of the load balancer, e.g. `ap-southeast-1`. */
  readonly region: string;
}

export interface NetworkInterfaceTargetProps {
  /** Id of an elastic network interface, e.g. `eni-…`, or a reference to it. */
  readonly networkInterfaceId: string;
  /** Region id of the interface. */
  readonly region: string;
  /** One of the interface's addresses. @default its primary address */
  readonly privateIpAddress?: string;
}

/** Targets that are not made by this library's constructs. The policy gate proves them from the plan. */
export class AnycastTarget {
  /** A load balancer by its id. */
  public static loadBalancer(props: LoadBalancerTargetProps): IAnycastTarget {
    return {
      anycastBinding: () => ({
        instanceId: props.loadBalancerId,
        instanceType: "SlbInstance",
        regionId: props.region,
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
      }),
    };
  }

  private constructor() {}
}
