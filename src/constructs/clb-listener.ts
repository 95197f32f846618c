import type { Construct } from "constructs";
import { SlbListener } from "@cdktf/provider-alicloud/lib/slb-listener";
import type { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { isUnknown } from "./checks";
import { misuse } from "./errors";

interface ListenerBase {
  /** Port clients connect to, 1 to 65535. */
  readonly port: number;
  /** Port of the servers. @default the same port */
  readonly backendPort?: number;
  /** How connections are spread: weighted round robin, weighted least connections, round robin … @default "wrr" */
  readonly scheduler?: "wrr" | "wlc" | "rr" | "sch" | "tch" | "qch";
  /** Peak bandwidth in Mbit/s, 1 to 1000, or -1 for no limit. @default -1 */
  readonly bandwidth?: number;
  /** @default none */
  readonly description?: string;
  /** Construct id. @default "listener-PROTOCOL-PORT" */
  readonly id?: string;
}

/** TCP and UDP: connections are handed on as they are. */
export interface Layer4ListenerProps extends ListenerBase {
  readonly protocol: "tcp" | "udp";
}

/** HTTP: requests are read and handed on. */
export interface HttpListenerProps extends ListenerBase {
  readonly protocol: "http";
  /** Path asked for by the health check, 1 to 80 characters. @default "/" */
  readonly healthCheckPath?: string;
}

/** HTTPS: as HTTP, with a certificate held by the load balancer. */
export interface HttpsListenerProps extends ListenerBase {
  readonly protocol: "https";
  /** Id of the server certificate. */
  readonly certificateId: string;
  /** Path asked for by the health check, 1 to 80 characters. @default "/" */
  readonly healthCheckPath?: string;
}

export type ClbListenerProps = Layer4ListenerProps | HttpListenerProps | HttpsListenerProps;

/** @throws ConstructError `InvalidPort`, `NoCertificate` */
export function addListener(scope: Construct, clb: SlbLoadBalancer, props: ClbListenerProps): SlbListener {
  const backendPort = props.backendPort ?? props.port;
  checkPort(scope, "the port", props.port);
  checkPort(scope, "the back-end port", backendPort);
  const web = props.protocol === "http" || props.protocol === "https";
  const certificateId = props.protocol === "https" ? certificateOf(scope, props) : undefined;
  return new SlbListener(scope, props.id ?? `listener-${props.protocol}-${props.port}`, {
    loadBalancerId: clb.id,
    protocol: props.protocol,
    frontendPort: props.port,
    backendPort,
    bandwidth: props.bandwidth ?? -1,
    scheduler: props.scheduler,
    description: props.description,
    serverCertificateId: certificateId,
    healthCheckUri: web ? props.healthCheckPath : undefined,
    provider: clb.provider,
  });
}

function certificateOf(scope: Construct, props: HttpsListenerProps): string {
  const id: unknown = props.certificateId;
  if (typeof id === "string" && id !== "") return id;
  throw misuse({
    code: "NoCertificate",
    what: "the certificate of an https listener",
    rule: "given",
    got: id,
    at: scope.node.path,
    fix: "give `certificateId`, or use the protocol http.",
  });
}

function checkPort(scope: Construct, what: string, port: number): void {
  if (isUnknown(port) || (Number.isInteger(port) && port >= 1 && port <= 65535)) return;
  throw misuse({
    code: "InvalidPort",
    what,
    rule: "a whole number from 1 to 65535",
    got: port,
    at: scope.node.path,
    fix: "give a port in that range.",
  });
}
