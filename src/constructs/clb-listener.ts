import type { Construct } from "constructs";
import { SlbListener } from "@cdktf/provider-alicloud/lib/slb-listener";
import type { SlbListenerConfig } from "@cdktf/provider-alicloud/lib/slb-listener";
import { checkPort, isUnknown } from "./checks";
import { ConstructError, misuse } from "./errors";
import { ownOrOwners, perKey } from "./for-each";
import { checkListener } from "./listener-checks";
import { checkObject } from "./settings-checks";
import { orderRedirects } from "./listener-redirects";
import type { ClbHealthCheck, ClbListenerProps, HttpsListenerProps } from "./listener-props";

/** The load balancer of a listener, with the provider's attributes. */
export type ListenerOwner = Pick<SlbListenerConfig, "loadBalancerId" | "forEach" | "provider">;

/** @throws ConstructError `InvalidPort`, `NoCertificate`, `PortTwice`, `InvalidListener`, `InvalidIterator` */
export function addListener(scope: Construct, owner: ListenerOwner, props: ClbListenerProps): SlbListener {
  checkObject(scope, "the settings of a listener", props);
  const backendPort = props.backendPort ?? props.port;
  checkPort(scope, "the port", props.port);
  checkPort(scope, "the back-end port", backendPort);
  const certificate = props.protocol === "https" ? { serverCertificateId: certificateOf(scope, props) } : {};
  checkListener(scope, props);
  refusePortTwice(scope, props);
  const forEach = ownOrOwners(scope, "the listener", props.forEach, owner.forEach);
  // A token for a number differs from one synthesis to the next, and the id must not.
  const id = `listener-${props.protocol}${isUnknown(props.port) ? "" : `-${props.port}`}`;
  const listener = perKey(
    new SlbListener(scope, props.id ?? id, {
      ...owner,
      forEach,
      protocol: props.protocol,
      frontendPort: props.port,
      backendPort,
      bandwidth: props.bandwidth ?? -1,
      scheduler: props.scheduler,
      description: props.description,
      serverGroupId: props.serverGroupId,
      ...(props.access === undefined
        ? {}
        : {
            aclStatus: "on",
            aclType: props.access.mode === "allow" ? "white" : "black",
            aclIds: [...props.access.lists],
          }),
      ...certificate,
      ...(props.protocol === "http" || props.protocol === "https" ? webSettings(props) : layer4Settings(props)),
    }),
  );
  orderRedirects(scope);
  return listener;
}

type Web = Exclude<ClbListenerProps, { protocol: "tcp" | "udp" }>;
type Layer4 = Extract<ClbListenerProps, { protocol: "tcp" | "udp" }>;

function layer4Settings(props: Layer4): Partial<SlbListenerConfig> {
  const check = props.healthCheck === false ? undefined : props.healthCheck;
  return {
    masterSlaveServerGroupId: props.masterSlaveServerGroupId,
    establishedTimeout: props.establishedTimeout,
    persistenceTimeout: props.persistenceTimeout,
    proxyProtocolV2Enabled: props.proxyProtocol,
    healthCheckType: check?.type,
    ...checkSettings(check),
  };
}

function webSettings(props: Web): Partial<SlbListenerConfig> {
  const { stickySession: sticky, forwardedHeaders: headers, healthCheckPath: path } = props;
  const check = path === undefined || props.healthCheck === false ? props.healthCheck : { path, ...props.healthCheck };
  return {
    ...(check === false ? { healthCheck: "off" } : check === undefined ? {} : { ...checkSettings(check) }),
    ...(sticky === undefined
      ? {}
      : {
          stickySession: "on",
          stickySessionType: sticky.type,
          ...(sticky.type === "insert" ? { cookieTimeout: sticky.cookieTimeout ?? 86_400 } : { cookie: sticky.cookie }),
        }),
    idleTimeout: props.idleTimeout,
    requestTimeout: props.requestTimeout,
    gzip: props.gzip,
    xForwardedFor:
      headers === undefined
        ? undefined
        : {
            retriveSlbProto: headers.protocol ?? false,
            retriveSlbId: headers.loadBalancerId ?? false,
            retriveSlbIp: headers.loadBalancerAddress ?? false,
          },
    ...(props.protocol === "http" && props.redirectTo !== undefined
      ? { listenerForward: "on", forwardPort: props.redirectTo }
      : {}),
    ...(props.protocol === "https"
      ? {
          caCertificateId: props.caCertificateId,
          tlsCipherPolicy: props.tlsCipherPolicy,
          enableHttp2: props.http2 === undefined ? undefined : props.http2 ? "on" : "off",
        }
      : {}),
  };
}

function checkSettings(check: ClbHealthCheck | undefined): Partial<SlbListenerConfig> {
  if (check === undefined) return {};
  return {
    healthCheckConnectPort: check.port,
    healthCheckUri: check.path,
    healthCheckDomain: check.domain,
    healthCheckMethod: check.method,
    healthCheckHttpCode: check.httpCodes?.join(","),
    healthCheckTimeout: check.timeout,
    healthCheckInterval: check.interval,
    healthyThreshold: check.healthyThreshold,
    unhealthyThreshold: check.unhealthyThreshold,
  };
}

/** TCP, HTTP and HTTPS share one set of ports; UDP has its own. */
function refusePortTwice(scope: Construct, props: ClbListenerProps): void {
  if (isUnknown(props.port)) return;
  const udp = props.protocol === "udp";
  const other = scope.node.children.find(
    (child): child is SlbListener =>
      child instanceof SlbListener && child.frontendPortInput === props.port && (child.protocolInput === "udp") === udp,
  );
  if (other === undefined) return;
  throw misuse({
    code: "PortTwice",
    what: "the ports of a load balancer's listeners",
    rule: `different; ${other.node.id} has this one`,
    got: props.port,
    at: scope.node.path,
    fix: "give another port, or remove one of the listeners.",
  });
}

function certificateOf(scope: Construct, props: HttpsListenerProps): string {
  const id: unknown = props.certificateId;
  if (typeof id === "string" && id !== "") return id;
  throw new ConstructError(
    "NoCertificate",
    `An https listener needs a certificate (at ${scope.node.path}). Fix: give \`certificateId\`, or use the protocol http.`,
  );
}
