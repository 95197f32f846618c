/** A server behind a listener. */
export interface BackEnd {
  /** Instance id, e.g. `i-…`. */
  readonly serverId: string;
  /** Port the listener sends to. */
  readonly port: number;
  /** 0 takes no new connections. */
  readonly weight: number;
  /** Whether the instance runs. */
  readonly healthy: boolean;
}

export interface Listener {
  readonly port: number;
  readonly protocol: "tcp" | "udp" | "http" | "https";
  readonly running: boolean;
  readonly backEnds: readonly BackEnd[];
}

/** Where the traffic of an address may go. */
export interface Origin {
  readonly region: string;
  /** Access points whose traffic comes here; none named: all that no other origin of the address claims. */
  readonly accessPoints: readonly string[];
  /** The Default origin of an Anycast EIP: it serves all access points that no other origin claims. @default false */
  readonly isDefault?: boolean;
}

export interface LoadBalancerTarget extends Origin {
  readonly loadBalancerId: string;
  /** Whether the load balancer itself is in service. */
  readonly active: boolean;
  readonly listeners: readonly Listener[];
}

/** A rule of a security group for TCP from anywhere. */
export interface AccessRule {
  /** First and last port. */
  readonly from: number;
  readonly to: number;
  readonly accept: boolean;
}

/** A server that is reached without a load balancer. */
export interface ServerTarget extends Origin {
  /** Instance id, e.g. `i-…`. */
  readonly serverId: string;
  readonly running: boolean;
  /** The first that matches decides; where none does, packets vanish. */
  readonly rules: readonly AccessRule[];
}

/** What a public address leads to. */
export type Target = LoadBalancerTarget | ServerTarget;

/** A public address of the simulated cloud. */
export interface PublicAddress {
  readonly ip: string;
  /** `anycast` is reached at the nearest access point, `plain` over the public internet all the way. */
  readonly kind: "plain" | "anycast";
  /** Access points at which this address can be reached; empty for a plain EIP. */
  readonly accessPoints: readonly string[];
  /** None when the address is bound to nothing (or not yet). An Anycast EIP may lead to one in each of many regions. */
  readonly targets: readonly Target[];
}

/** Finds what the simulated cloud has at an address; undefined when the address is none of its own. */
export type Lookup = (ip: string) => Promise<PublicAddress | undefined>;
