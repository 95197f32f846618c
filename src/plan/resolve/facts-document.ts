/** What the rules evaluate: for each binding what it will bind, worked out from the plan and its source. */
export interface FactsDocument {
  readonly version: 1;
  readonly bindings: readonly BindingFacts[];
  /** Addresses of configured bindings that the plan must list and does not. */
  readonly unplanned: readonly string[];
  /** Attributes of Anycast EIPs and bindings that are known only after apply and that the configuration sets. */
  readonly configured: readonly { readonly address: string; readonly attribute: string }[];
}

export interface BindingFacts {
  /** Address of the attachment. */
  readonly address: string;
  /**
   * The Anycast EIP that it is of: ids and addresses of resources it may be, null for one that cannot be determined. Exactly
   * one entry that is a text is a proof.
   */
  readonly anycast: readonly (string | null)[];
  /** The `service_location` of that Anycast EIP, where a data source has read it. */
  readonly area?: string;
  /** What bindings hold that data sources list and that are not in this plan's state; of several the first one. */
  readonly held: {
    /** Its region of an Anycast EIP that it may be of. */
    readonly place?: HeldBinding;
    /** An instance that it may bind. */
    readonly instance?: HeldBinding;
    /** That the one Anycast EIP it is of has its Default binding elsewhere. */
    readonly default?: HeldBinding;
  };
  /** The data source that lists no binding of the one Anycast EIP that it is of. */
  readonly unbound?: string;
  /** Everything it may bind. All must be good. */
  readonly targets: readonly TargetFacts[];
  /** Why it may bind one of several, where the source tells: what could not be evaluated, and its place. */
  readonly doubt?: string;
  /** Its own attributes that are known only after apply, where the source tells: the expression that they have, and its place. */
  readonly later?: Readonly<Record<string, string>>;
  /** What could not be followed; any one of them refuses the binding. */
  readonly problems: readonly ProblemFacts[];
  /** False where an expression that decides is listed by its references only. */
  readonly visible: boolean;
}

/** A binding of another configuration. */
export interface HeldBinding {
  /** Ids. */
  readonly anycast: string;
  readonly instance: string;
  readonly region: string;
  /** The data source that lists it. */
  readonly by: string;
}

/** One target, or a group of targets of which the plan says the same. */
export interface TargetFacts {
  /** The load balancer's address, that of a data source, or `live`; of a group its first one. */
  readonly address: string;
  /** All of a group, in order; left out for one. */
  readonly addresses?: readonly string[];
  /** How many a group has; in place of `addresses` where the policies are given one of many members. */
  readonly size?: number;
  readonly via: "reference" | "id" | "data" | "live";
  /** What led there: the expression or reference as written, with its place where that is known. */
  readonly by: string;
  /** `null` for network interfaces, which have neither. */
  readonly address_type?: { readonly state: "known" | "left out" | "unknown"; readonly value: string | null };
  readonly vswitch?: {
    /** `leaving`: this plan destroys or replaces the one it has, whose address is the value. */
    readonly state: "given" | "none" | "unknown" | "leaving";
    readonly value: string;
  };
  readonly shown_address_type?: string;
  /** The `status` of a load balancer that is known and is not `active`, as it may be shown. */
  readonly status?: string;
  /** The private address that a new load balancer asks for and cannot get. */
  readonly private_address?: {
    /** The address, as it may be shown. */
    readonly value: string;
    readonly problem: "outside" | "taken";
    /** The vSwitch that has no such address to give, or the load balancer that has it. */
    readonly by: string;
  };
  /** `value` is null where the region cannot be determined; then `from` says why. `shown` hides a sensitive one. */
  readonly region: { readonly value: string | null; readonly from: string; readonly shown?: string };
  /** What belongs to it and is in another region, or cannot be determined to be in its own; empty where nothing is. */
  readonly outside: readonly OutsideFacts[];
  readonly type: string;
  /** The provider is one that the gate knows; undefined for data sources and live answers, which are only listed if so. */
  readonly trusted?: boolean;
  /** It exists before this plan is applied, so that it may serve already. */
  readonly exists: boolean;
}

/** What cannot be in the region of the target it belongs to. */
export interface OutsideFacts {
  /** The target itself, its vSwitch or the VPC of that; of several that differ in nothing else the first one. */
  readonly address: string;
  /** `region`, or the attribute that names a zone. */
  readonly attribute: string;
  /** The region or zone as it may be shown; null for a region that cannot be determined, and then `from` says why. */
  readonly value: string | null;
  /** The provider configuration of a region; empty for a zone. */
  readonly from: string;
}

export interface ProblemFacts {
  /** Completes "`by` …": "may be a value that is written down instead of a load balancer of this plan". */
  readonly problem: string;
  readonly by: string;
  /** `main.tf:12`, where the source is at hand. */
  readonly at?: string;
  /** The fix for this cause. @default the rule's own */
  readonly fix?: string;
  /** Which attribute's expression it is. @default "bind_instance_id" */
  readonly attribute?: "anycast_id";
}
