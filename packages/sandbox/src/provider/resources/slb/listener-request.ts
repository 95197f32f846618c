import { textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import type { Request } from "../../api/params";
import type { ObjectValue } from "../../values/value";
import type { ResourceData } from "../data";
import type { OperationContext } from "../type";
import { listenerOperations } from "./listener-shared";

const onOff = (value: unknown): string => (value === true ? "on" : "off");

/** What every protocol sends. */
export function commonRequest(data: ResourceData): Request {
  const acls = data.texts("acl_ids");
  return {
    LoadBalancerId: data.text("load_balancer_id"),
    ListenerPort: data.text("frontend_port"),
    BackendServerPort: data.given("backend_port"),
    Bandwidth: data.given("bandwidth"),
    VServerGroupId: data.given("server_group_id"),
    MasterSlaveServerGroupId: data.given("master_slave_server_group_id"),
    AclStatus: data.given("acl_status"),
    AclType: data.given("acl_type"),
    AclId: acls.length > 0 ? acls.join(",") : data.given("acl_id"),
    Description: data.given("description"),
    Scheduler: data.given("scheduler"),
    ProxyProtocolV2Enabled: data.get("proxy_protocol_v2_enabled") === true ? "true" : undefined,
  };
}

/** A listener that only sends browsers on to another port. */
export function forwardRequest(data: ResourceData): Request {
  return {
    StickySession: "off",
    HealthCheck: "off",
    ListenerForward: "on",
    BackendServerPort: data.given("backend_port") ?? "80",
    ForwardPort: data.given("forward_port"),
  };
}

const missing = (name: string, when: string): ProviderError =>
  new ProviderError(`'${name}': required field is not set when ${when}.`);

/** @throws ProviderError when a field that the others call for is missing */
export function httpRequest(data: ResourceData): Request {
  const whole = {
    ...stickiness(data),
    ...healthCheck(data),
    RequestTimeout: number(data, "request_timeout"),
    IdleTimeout: number(data, "idle_timeout"),
  };
  if (data.text("protocol") !== "https") return whole;
  const certificate = data.given("server_certificate_id") ?? data.given("ssl_certificate_id");
  if (certificate === undefined) throw missing("server_certificate_id", "the protocol is 'https'");
  return { ...whole, ServerCertificateId: certificate, CACertificateId: data.given("ca_certificate_id") };
}

const number = (data: ResourceData, name: string): string => data.text(name) || "0";

function stickiness(data: ResourceData): Request {
  const session = data.text("sticky_session");
  if (session !== "on") return { StickySession: session };
  const type = data.given("sticky_session_type");
  if (type === undefined) throw missing("sticky_session_type", "the StickySession is on");
  const name = type === "insert" ? "cookie_timeout" : "cookie";
  const value = data.given(name);
  if (value === undefined) throw missing(name, `the StickySession is on and StickySessionType is ${type}`);
  return { StickySession: session, StickySessionType: type, [type === "insert" ? "CookieTimeout" : "Cookie"]: value };
}

function healthCheck(data: ResourceData): Request {
  const check = data.text("health_check");
  if (check !== "on") return { HealthCheck: check };
  return {
    HealthCheck: check,
    HealthCheckURI: data.text("health_check_uri"),
    HealthCheckConnectPort: data.given("health_check_connect_port"),
    HealthyThreshold: number(data, "healthy_threshold"),
    UnhealthyThreshold: number(data, "unhealthy_threshold"),
    HealthCheckTimeout: number(data, "health_check_timeout"),
    HealthCheckInterval: number(data, "health_check_interval"),
    HealthCheckHttpCode: data.given("health_check_http_code") ?? "http_2xx",
    HealthCheckMethod: data.text("protocol").startsWith("http") ? data.given("health_check_method") : undefined,
  };
}

/** Attributes whose change is sent under a name of its own. */
const CHANGED: Readonly<Record<string, string>> = {
  scheduler: "Scheduler",
  bandwidth: "Bandwidth",
  acl_status: "AclStatus",
  acl_type: "AclType",
  acl_id: "AclId",
  unhealthy_threshold: "UnhealthyThreshold",
  healthy_threshold: "HealthyThreshold",
  health_check_timeout: "HealthCheckConnectTimeout",
  health_check_interval: "HealthCheckInterval",
  persistence_timeout: "PersistenceTimeout",
  health_check_uri: "HealthCheckURI",
  health_check_type: "HealthCheckType",
  established_timeout: "EstablishedTimeout",
};
/** Attributes whose change makes the call necessary, though they are sent anyway. */
const SENT_ANYWAY =
  "description acl_ids server_group_id master_slave_server_group_id proxy_protocol_v2_enabled sticky_session sticky_session_type cookie_timeout cookie health_check gzip x_forwarded_for idle_timeout request_timeout health_check_method health_check_connect_port health_check_domain health_check_http_code server_certificate_id ssl_certificate_id ca_certificate_id enable_http2 tls_cipher_policy".split(
    " ",
  );

/** The Set call: all that create sends plus what changed; undefined when nothing did. */
export async function updateRequest(context: OperationContext): Promise<Request | undefined> {
  const { data } = context;
  if (!data.anyChanged(...Object.keys(CHANGED), ...SENT_ANYWAY)) return undefined;
  const changed: Record<string, string | undefined> = {};
  for (const [name, parameter] of Object.entries(CHANGED)) if (data.changed(name)) changed[parameter] = data.text(name);
  const http = data.text("protocol").startsWith("http");
  return {
    ...commonRequest(data),
    // Other protocols send these too, mostly empty: the cloud treats that as absent.
    ...(http
      ? httpRequest(data)
      : {
          StickySession: data.text("sticky_session"),
          ...healthCheck(data),
          RequestTimeout: number(data, "request_timeout"),
          IdleTimeout: number(data, "idle_timeout"),
        }),
    ...changed,
    ...groupSwitch(data, "server_group_id", "VServerGroup"),
    ...groupSwitch(data, "master_slave_server_group_id", "MasterSlaveServerGroup"),
    ProxyProtocolV2Enabled: data.changed("proxy_protocol_v2_enabled")
      ? data.text("proxy_protocol_v2_enabled")
      : undefined,
    Gzip: onOff(data.get("gzip")),
    ...forwardedFor(data),
    HealthCheckConnectPort: data.given("health_check_connect_port"),
    HealthCheckDomain: data.given("health_check_domain"),
    ...(data.changed("health_check_http_code") || http
      ? { HealthCheckHttpCode: data.given("health_check_http_code") ?? "http_2xx" }
      : {}),
    ...(data.text("protocol") === "https" ? await encryption(context) : {}),
  };
}

function groupSwitch(data: ResourceData, name: string, parameter: string): Request {
  if (!data.changed(name)) return {};
  const group = data.given(name);
  return { [parameter]: group === undefined ? "off" : "on", [`${parameter}Id`]: group };
}

function forwardedFor(data: ResourceData): Request {
  const block: ObjectValue | undefined = data.objects("x_forwarded_for")[0];
  if (block === undefined || !data.text("protocol").startsWith("http")) return {};
  return {
    XForwardedFor_SLBIP: onOff(block.retrive_slb_ip),
    XForwardedFor_SLBID: onOff(block.retrive_slb_id),
    XForwardedFor_proto: onOff(block.retrive_slb_proto),
  };
}

async function encryption(context: OperationContext): Promise<Request> {
  const { data } = context;
  const request: Record<string, string | undefined> = {
    EnableHttp2: data.changed("enable_http2") ? data.text("enable_http2") : undefined,
    CACertificateId: data.changed("ca_certificate_id")
      ? data.text("ca_certificate_id")
      : data.given("ca_certificate_id"),
  };
  if (!data.changed("tls_cipher_policy")) return request;
  const body = await listenerOperations(context).send("DescribeLoadBalancerAttribute", {
    LoadBalancerId: data.text("load_balancer_id"),
  });
  const policy = data.text("tls_cipher_policy");
  if (textAt(body, "LoadBalancerSpec") !== "") return { ...request, TLSCipherPolicy: policy };
  // Load balancers without a specification know the first policy only.
  if (data.isNew && policy === "tls_cipher_policy_1_0") return request;
  throw new ProviderError(
    'Currently the param "tls_cipher_policy" can not be updated when load balancer instance is "Shared-Performance".',
  );
}
