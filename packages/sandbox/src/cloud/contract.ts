/**
 * The contract of the simulated cloud: what its fronts (OpenAPI over HTTP, the provider) and its observers use.
 * Parameters and answers are those of the real cloud's RPC APIs, so a front only translates.
 */

/** The products of Alibaba Cloud that are simulated. */
export type Product = "Vpc" | "Ecs" | "Slb" | "Eipanycast" | "ResourceManager" | "Sts" | "BssOpenApi" | "Location";

/** API version of each product, as requests name it. */
export const API_VERSIONS: Readonly<Record<Product, string>> = {
  Vpc: "2016-04-28",
  Ecs: "2014-05-26",
  Slb: "2014-05-15",
  Eipanycast: "2020-03-09",
  ResourceManager: "2020-03-31",
  Sts: "2015-04-01",
  BssOpenApi: "2017-12-14",
  Location: "2015-06-12",
};

/**
 * Parameters exactly as on the wire: flat names (`Tag.1.Key`, `SystemDisk.Category`, `Permissions.1.PortRange`),
 * all values text. An empty value counts as not given wherever the real cloud treats it so.
 */
export type Params = Readonly<Record<string, string>>;

/** The JSON body of an answer; always holds `RequestId`. */
export type Body = Record<string, unknown>;

export interface CallContext {
  /**
   * The caller's region, used where the parameters hold no `RegionId`. `""` when it is not known (a plain HTTP
   * request without RegionId): objects are then found by id in any region, and creating one is refused.
   */
  readonly region: string;
  /** @default a new one, like the real ones: upper-case UUID */
  readonly requestId?: string;
  /** host:port under which the caller reached the cloud; the location service answers with it. @default none */
  readonly endpoint?: string;
  /**
   * Whether the sandbox itself asks, as its internet does with each connection. Then no observer is notified, no fault rule hits
   * the call or is used up by it, and the answer does not lag. @default false
   */
  readonly inside?: boolean;
}

export interface Cloud {
  /** State directory. */
  readonly directory: string;
  /** The account that owns everything, 16 digits. */
  readonly accountId: string;
  /**
   * Carries out one API action. When it resolves, the change is on disk.
   * @returns the response body as the real cloud's JSON
   * @throws CloudError what the real cloud would answer; also `LostResponseError` when a fault rule says so
   */
  call(product: Product, action: string, params: Params, context: CallContext): Promise<Body>;
  /** What exists now. */
  snapshot(): CloudSnapshot;
  /** Adds a listener for each call and each change. Errors of listeners are ignored. Returns a function that removes it. */
  on(listener: (event: CloudEvent) => void): () => void;
  /** Finishes the writes under way and gives the directory free. Calls after it are refused. */
  close(): Promise<void>;
}

/** An error of the simulated cloud, with the real one's code, text and HTTP status. */
export class CloudError extends Error {
  /** The cloud's code, e.g. `InvalidVpcId.NotFound`. */
  public readonly code: string;
  /** 4xx or 5xx. 404 only when the object asked for does not exist. */
  public readonly httpStatus: number;
  /** Set when the error leaves the cloud. */
  public requestId: string;

  public constructor(code: string, httpStatus: number, message: string, requestId = "") {
    super(message);
    this.name = "CloudError";
    this.code = code;
    this.httpStatus = httpStatus;
    this.requestId = requestId;
  }
}

/**
 * The action was carried out, but its answer is lost (fault `lost-response`). An HTTP front cuts the connection;
 * other fronts treat it as a broken connection.
 */
export class LostResponseError extends Error {
  public readonly requestId: string;

  public constructor(action: string, requestId: string) {
    super(`The sandbox lost the answer of ${action} on purpose (a fault rule asked for it); the action was done.`);
    this.name = "LostResponseError";
    this.requestId = requestId;
  }
}

/** What an observer sees of one object. */
export interface ObjectView {
  /** e.g. `vpc`, `vswitch`, `security-group`, `instance`, `network-interface`, `load-balancer`, `eip`, `anycast-eip`. */
  readonly kind: string;
  readonly id: string;
  /** `""` for objects that belong to no region (resource groups, Anycast EIPs). */
  readonly region: string;
  readonly name: string;
  /** Status as the API shows it now, `""` for objects without one. */
  readonly status: string;
  readonly created: string;
  /** A few telling facts, e.g. `ip`, `cidr`, `vpc`, `address-type`. Never a secret. */
  readonly facts: Readonly<Record<string, string>>;
}

/** One Anycast EIP bound to one instance. */
export interface BindingView {
  readonly anycastId: string;
  readonly instanceId: string;
  readonly instanceType: string;
  readonly region: string;
  readonly mode: string;
  readonly status: string;
  /** Access points that lead to this origin; empty: all that no other binding claims. */
  readonly popLocations: readonly string[];
}

/** An access point of the Anycast network. */
export interface AccessPointView {
  readonly id: string;
  readonly name: string;
  readonly serviceLocation: string;
}

export interface CloudSnapshot {
  readonly directory: string;
  readonly accountId: string;
  /** Milliseconds since the epoch at which the statuses were worked out. */
  readonly at: number;
  readonly regions: readonly string[];
  readonly objects: readonly ObjectView[];
  readonly bindings: readonly BindingView[];
  readonly accessPoints: readonly AccessPointView[];
}

export type CloudEvent =
  /** A call was answered. Parameters are redacted. */
  | {
      readonly type: "call";
      readonly at: number;
      readonly product: Product;
      readonly action: string;
      readonly region: string;
      readonly requestId: string;
      readonly ms: number;
      /** `ok`, or the error's code. */
      readonly outcome: string;
      readonly httpStatus: number;
      readonly params: Params;
      readonly fault?: string;
    }
  /** An object came, changed or went. Statuses that only pass with time are not announced. */
  | {
      readonly type: "changed";
      readonly at: number;
      readonly change: "created" | "updated" | "deleted";
      readonly kind: string;
      readonly id: string;
    }
  /** The cloud was closed: this is the last event. */
  | { readonly type: "closed"; readonly at: number };

/** Limits of the account; each can be set. */
export interface Quotas {
  /** Anycast EIPs per account. @default 20 */
  readonly anycastEips: number;
  /** Plain EIPs per account and region. @default 20 */
  readonly eips: number;
  /** VPCs per region. @default 10 */
  readonly vpcs: number;
  /** vSwitches per VPC. @default 150 */
  readonly vswitchesPerVpc: number;
  /** Security groups per region. @default 500 */
  readonly securityGroups: number;
  /** Load balancers per region. @default 60 */
  readonly loadBalancers: number;
  /** Listeners per load balancer. @default 50 */
  readonly listenersPerLoadBalancer: number;
  /** Instances per region. @default 1000 */
  readonly instances: number;
}

export interface CloudOptions {
  /** State directory; made when missing. One process at a time may have it open. */
  readonly directory: string;
  /**
   * How fast statuses settle: 1 about as slow as the real cloud (seconds), 10 ten times faster, 0 or `"instant"` at
   * once. @default "instant"
   */
  readonly speed?: number | "instant";
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
  readonly quotas?: Partial<Quotas>;
  /** Fault rules, e.g. `throttle:CreateVpc:2`; see faults/rule.ts. @default none */
  readonly faults?: readonly string[];
  /** Account that owns everything, 16 digits. @default the one in the state, else 1234567890123456 */
  readonly accountId?: string;
  /** Regions that exist. @default all that are known */
  readonly regions?: readonly string[];
  /**
   * Regions in which Anycast EIPs of the service location `international` can be bound: the three of the quick start,
   * or all that are documented today. @default "quick-start"
   */
  readonly anycastRegions?: "quick-start" | "current";
  /** For this long after a change, reads still show what was before, in milliseconds. @default 0 */
  readonly consistencyLag?: number;
  /** Random source for ids, 0 ≤ x < 1. @default from node:crypto */
  readonly random?: () => number;
}

/** One action that is simulated. */
export interface ImplementedAction {
  readonly product: Product;
  readonly version: string;
  readonly action: string;
  /** True when the action changes nothing. */
  readonly read: boolean;
}
