import type { Server, Stored, Tagged, Tags } from "./model-base";
import type { Acl, ForwardingRule, MasterSlaveGroup, ServerCertificate } from "./model-slb";
import type { Status } from "./status";
export type { Server, Stored, Tagged, Tags } from "./model-base";
export type { Acl, ForwardingRule, MasterSlaveGroup, ServerCertificate } from "./model-slb";

/** What the cloud remembers of each object. Plain JSON; times in milliseconds since the epoch. */

export interface Vpc extends Tagged {
  readonly cidr: string;
  readonly name: string;
  readonly description: string;
  readonly status: Status;
  readonly isDefault: boolean;
  readonly dnsHostname: boolean;
  readonly ipv6Cidr: string;
  readonly ipv6Isp: string;
  readonly userCidrs: readonly string[];
  readonly secondaryCidrs: readonly string[];
  readonly classicLink: boolean;
  readonly router: string;
  readonly routeTable: {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly propagation: boolean;
  };
}

export interface VSwitch extends Tagged {
  readonly vpc: string;
  readonly zone: string;
  readonly cidr: string;
  readonly name: string;
  readonly description: string;
  readonly status: Status;
  readonly isDefault: boolean;
  readonly ipv6Cidr: string;
}

export interface SecurityGroup extends Tagged {
  readonly vpc: string;
  readonly name: string;
  readonly description: string;
  readonly type: "normal" | "enterprise";
  readonly innerAccess: "Accept" | "Drop";
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly id: string;
  readonly direction: "ingress" | "egress";
  readonly protocol: string;
  readonly portRange: string;
  readonly policy: string;
  readonly priority: number;
  readonly nicType: string;
  readonly description: string;
  readonly cidr: string;
  readonly ipv6Cidr: string;
  readonly groupId: string;
  readonly groupOwner: string;
  readonly prefixList: string;
  readonly created: number;
}

export interface Eip extends Tagged {
  readonly ip: string;
  readonly name: string;
  readonly description: string;
  readonly bandwidth: number;
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly internetChargeType: string;
  readonly isp: string;
  readonly netmode: string;
  readonly mode: string;
  readonly zone: string;
  readonly pool: string;
  readonly protections: readonly string[];
  readonly deletionProtection: boolean;
  readonly hdMonitor: { readonly status: "ON" | "OFF"; readonly project: string; readonly store: string };
  readonly status: Status;
  readonly binding?: EipBinding;
}

export interface EipBinding {
  readonly instance: string;
  readonly type: string;
  /** As asked for, not as worked out. */
  readonly privateIp: string;
  readonly vpc: string;
  /** From then on the EIP is free again. */
  readonly gone?: number;
}

export interface Disk extends Tagged {
  readonly instance: string;
  readonly zone: string;
  readonly type: "system" | "data";
  readonly category: string;
  readonly size: number;
  readonly name: string;
  readonly description: string;
  readonly device: string;
  readonly performanceLevel: string;
  readonly encrypted: boolean;
  readonly kmsKey: string;
  readonly snapshotPolicy: string;
  readonly provisionedIops: number;
  readonly bursting: boolean;
  readonly deleteWithInstance: boolean;
  readonly chargeType: string;
}

export interface NetworkInterface extends Tagged {
  readonly vpc: string;
  readonly vswitch: string;
  readonly zone: string;
  readonly type: "Primary" | "Secondary" | "Trunk";
  readonly name: string;
  readonly description: string;
  readonly mac: string;
  readonly ip: string;
  readonly secondaryIps: readonly string[];
  readonly ipv6: readonly string[];
  readonly prefixes: readonly string[];
  readonly groups: readonly string[];
  readonly instance: string;
  readonly status: Status;
  readonly queues: number;
  readonly queuePairs: number;
  readonly trafficMode: string;
  readonly cardIndex: number;
  readonly sourceDestCheck: boolean;
  readonly deleteOnRelease: boolean;
  /** Resource group given at create; the API shows "" when none was. */
  readonly ownGroup: string;
}

export interface Instance extends Tagged {
  readonly zone: string;
  readonly vpc: string;
  readonly vswitch: string;
  readonly name: string;
  readonly description: string;
  readonly hostName: string;
  readonly type: string;
  readonly image: string;
  readonly groups: readonly string[];
  readonly status: Status;
  readonly stoppedMode: string;
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly period: { readonly count: number; readonly unit: string };
  readonly renewal: { readonly status: string; readonly duration: number; readonly unit: string };
  readonly started: number;
  readonly publicIp: string;
  readonly internet: { readonly chargeType: string; readonly out: number; readonly in: number };
  readonly keyPair: string;
  readonly userData: string;
  readonly role: string;
  readonly deletionProtection: boolean;
  readonly spot: {
    readonly strategy: string;
    readonly price: number;
    readonly duration: number;
    readonly interruption: string;
  };
  readonly credit: string;
  readonly autoRelease: string;
  readonly hpcCluster: string;
  readonly deploymentSet: string;
  readonly dedicatedHost: string;
  readonly metadata: { readonly tokens: string; readonly endpoint: string; readonly hops: number };
  readonly maintenance: {
    readonly action: string;
    readonly notify: boolean;
    readonly windows: readonly { readonly start: string; readonly end: string }[];
  };
  readonly jumbo: boolean;
  readonly pool: { readonly criteria: string; readonly id: string };
  readonly loginAsNonRoot: boolean;
  readonly highDensity: boolean;
  readonly cpuOptions: { readonly cores: number; readonly threads: number; readonly topology: string };
}

export interface LoadBalancer extends Tagged {
  readonly name: string;
  readonly address: string;
  readonly addressType: "internet" | "intranet";
  readonly ipVersion: string;
  readonly vpc: string;
  readonly vswitch: string;
  readonly bandwidth: number;
  readonly internetChargeType: string;
  readonly spec: string;
  readonly instanceChargeType: string;
  readonly payType: string;
  readonly masterZone: string;
  readonly slaveZone: string;
  readonly deleteProtection: string;
  readonly modification: { readonly status: string; readonly reason: string };
  readonly status: Status;
  readonly servers: readonly Server[];
}

export interface Listener extends Stored {
  readonly balancer: string;
  readonly port: number;
  readonly protocol: "http" | "https" | "tcp" | "udp";
  readonly status: Status;
  /** Attributes under their API names. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

export interface ServerGroup extends Stored {
  readonly balancer: string;
  readonly name: string;
  readonly servers: readonly Server[];
  readonly tags: Tags;
}

export interface AnycastEip extends Tagged {
  readonly ip: string;
  readonly name: string;
  readonly description: string;
  readonly bandwidth: number;
  readonly serviceLocation: string;
  readonly internetChargeType: string;
  readonly chargeType: "PostPaid";
  /** Allocated or on the way there; Associated and the like follow from the bindings. */
  readonly status: Status;
}

export interface AnycastBinding extends Stored {
  readonly anycast: string;
  readonly instance: string;
  readonly type: string;
  readonly mode: "Default" | "Normal";
  readonly privateIp: string;
  readonly pops: readonly string[];
  readonly status: Status;
}

export interface ResourceGroup extends Stored {
  readonly tags: Tags;
  readonly name: string;
  readonly displayName: string;
  readonly status: Status;
}

/** A ClientToken that was used: the same request with it gets the same answer and does nothing. */
export interface UsedToken extends Stored {
  readonly params: string;
  readonly body: string;
}

export interface Kinds {
  vpc: Vpc;
  vswitch: VSwitch;
  "security-group": SecurityGroup;
  eip: Eip;
  disk: Disk;
  "network-interface": NetworkInterface;
  instance: Instance;
  "load-balancer": LoadBalancer;
  listener: Listener;
  "server-group": ServerGroup;
  acl: Acl;
  "server-certificate": ServerCertificate;
  "master-slave-group": MasterSlaveGroup;
  "forwarding-rule": ForwardingRule;
  "anycast-eip": AnycastEip;
  "anycast-binding": AnycastBinding;
  "resource-group": ResourceGroup;
  token: UsedToken;
}
export type Kind = keyof Kinds;
