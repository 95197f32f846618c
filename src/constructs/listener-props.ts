import type { ITerraformIterator } from "cdktf";

/** How a load balancer finds out whether a server answers. What is left out is decided by the cloud. */
export interface ClbHealthCheck {
  /** Of TCP listeners only: by a connection, or by an HTTP request. @default "tcp" */
  readonly type?: "tcp" | "http";
  /** Port that is asked, 1 to 65535; 0 and -520 are the server's own. @default the server's own */
  readonly port?: number;
  /** Path of HTTP requests: 1 to 80 characters, starting with `/`. @default "/" */
  readonly path?: string;
  /** Host of HTTP requests. @default the server's private address */
  readonly domain?: string;
  /** @default "head" */
  readonly method?: "head" | "get";
  /** Answers that count as healthy. @default ["http_2xx"] */
  readonly httpCodes?: readonly ("http_2xx" | "http_3xx" | "http_4xx" | "http_5xx")[];
  /** Seconds until an answer counts as missing, 1 to 300. @default 5 */
  readonly timeout?: number;
  /** Seconds from one check to the next, 1 to 50. @default 2 */
  readonly interval?: number;
  /** Checks in a row until a server counts as healthy, 2 to 10. @default 3 */
  readonly healthyThreshold?: number;
  /** Checks in a row until a server counts as unhealthy, 2 to 10. @default 3 */
  readonly unhealthyThreshold?: number;
}

/** Who may connect. */
export interface ClbAccess {
  /** `allow` lets only the listed addresses in, `deny` keeps them out. */
  readonly mode: "allow" | "deny";
  /** Ids of access control lists, `acl-…`, e.g. those of `ClbAccessList`. */
  readonly lists: readonly string[];
}

/** Keeps a user on one server. */
export type ClbStickySession =
  | {
      /** The load balancer sets a cookie of its own. */
      readonly type: "insert";
      /** Seconds, 1 to 86400. @default 86400 */
      readonly cookieTimeout?: number;
    }
  | {
      /** A cookie of the application is used. */
      readonly type: "server";
      /** Name of the cookie. */
      readonly cookie: string;
    };

/** Headers that a web listener adds; X-Forwarded-For is always there. */
export interface ClbForwardedHeaders {
  /** X-Forwarded-Proto. @default false */
  readonly protocol?: boolean;
  /** SLB-ID. @default false */
  readonly loadBalancerId?: boolean;
  /** SLB-IP. @default false */
  readonly loadBalancerAddress?: boolean;
}

interface ListenerBase {
  /** Port clients connect to, 1 to 65535. One listener per port; UDP has ports of its own. */
  readonly port: number;
  /** Port of the servers. @default the same port */
  readonly backendPort?: number;
  /** How connections are spread: weighted round robin, weighted least connections, round robin … @default "wrr" */
  readonly scheduler?: "wrr" | "wlc" | "rr" | "sch" | "tch" | "qch";
  /** Peak bandwidth in Mbit/s, 1 to 1000, or -1 for no limit. @default -1 */
  readonly bandwidth?: number;
  /** @default none */
  readonly description?: string;
  /** Id of a server group of the same load balancer. @default the load balancer's own servers */
  readonly serverGroupId?: string;
  /** False switches it off, where the protocol allows that (tcp and udp do not). @default as the cloud does it */
  readonly healthCheck?: ClbHealthCheck | false;
  /** @default everybody may connect */
  readonly access?: ClbAccess;
  /** Construct id. @default "listener-PROTOCOL-PORT", or "listener-PROTOCOL" where only terraform will know the port */
  readonly id?: string;
  /** One listener per key, of a load balancer that has no `forEach` itself; the ports then come from it. @default one */
  readonly forEach?: ITerraformIterator;
}

/** TCP and UDP: connections are handed on as they are. */
export interface Layer4ListenerProps extends ListenerBase {
  /** What is handed on. */
  readonly protocol: "tcp" | "udp";
  /** Id of a master/slave server group, in place of `serverGroupId`. @default none */
  readonly masterSlaveServerGroupId?: string;
  /** Of TCP: seconds an idle connection is kept, 10 to 900. @default 900 */
  readonly establishedTimeout?: number;
  /** Seconds a client stays with one server, 0 to 3600; 0 is off. @default 0 */
  readonly persistenceTimeout?: number;
  /** Hands the client's address on by the proxy protocol. @default false */
  readonly proxyProtocol?: boolean;
}

interface WebListenerBase extends ListenerBase {
  /** Path asked for by the health check; short for `healthCheck: { path }`. @default "/" */
  readonly healthCheckPath?: string;
  /** @default users are spread again with each request */
  readonly stickySession?: ClbStickySession;
  /** Seconds an idle connection is kept, 1 to 60. @default 15 */
  readonly idleTimeout?: number;
  /** Seconds a server may take to answer, 1 to 180. @default 60 */
  readonly requestTimeout?: number;
  /** Compresses answers. @default true */
  readonly gzip?: boolean;
  /** @default only X-Forwarded-For */
  readonly forwardedHeaders?: ClbForwardedHeaders;
}

/** HTTP: requests are read and handed on, or redirected. */
export interface HttpListenerProps extends WebListenerBase {
  /** Requests are read. */
  readonly protocol: "http";
  /** Port of the https listener that requests are redirected to. @default they are handed on */
  readonly redirectTo?: number;
}

/** HTTPS: as HTTP, with a certificate held by the load balancer. */
export interface HttpsListenerProps extends WebListenerBase {
  /** Requests are read, and come encrypted. */
  readonly protocol: "https";
  /** Id of the server certificate. */
  readonly certificateId: string;
  /** Id of the CA certificate that clients' certificates are checked against. @default clients need none */
  readonly caCertificateId?: string;
  /** Versions and ciphers of TLS. @default "tls_cipher_policy_1_0", decided by the cloud */
  readonly tlsCipherPolicy?:
    | "tls_cipher_policy_1_0"
    | "tls_cipher_policy_1_1"
    | "tls_cipher_policy_1_2"
    | "tls_cipher_policy_1_2_strict"
    | "tls_cipher_policy_1_2_strict_with_1_3";
  /** @default true */
  readonly http2?: boolean;
}

/** A listener of a load balancer, by its protocol. */
export type ClbListenerProps = Layer4ListenerProps | HttpListenerProps | HttpsListenerProps;
