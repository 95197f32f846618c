import type { ITerraformDependable, ITerraformIterator } from "cdktf";

/** What an Anycast EIP is bound to, with the values of the attachment resource. */
export interface AnycastBinding {
  /** Id of the instance, or a reference to it. */
  readonly instanceId: string;
  /** Kind of the instance. */
  readonly instanceType: "SlbInstance" | "NetworkInterface";
  /** Region id of the instance. */
  readonly regionId: string;
  /** One of the interface's addresses. @default its primary address */
  readonly privateIpAddress?: string;
  /** The id as it was given, where `instanceId` is what a look-up found by it. @default instanceId */
  readonly identity?: string;
  /** The iterator of the instances, where there is one per key. @default a single instance */
  readonly forEach?: ITerraformIterator;
  /** What must be finished before the binding is made. @default nothing but the instance itself */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Anything an Anycast EIP can be attached to. */
export interface IAnycastTarget {
  /** What an address is bound to. */
  anycastBinding(): AnycastBinding;
}
