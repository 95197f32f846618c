import type { Body } from "../../../cloud/contract";
import { at } from "../../api/body";
import type { ResourceData } from "../data";

/** Attribute to field of the answer; what the answer does not hold leaves the state as it is. */
const FIELDS: Readonly<Record<string, string>> = {
  backend_port: "BackendServerPort",
  bandwidth: "Bandwidth",
  scheduler: "Scheduler",
  server_group_id: "VServerGroupId",
  master_slave_server_group_id: "MasterSlaveServerGroupId",
  acl_status: "AclStatus",
  acl_type: "AclType",
  acl_id: "AclId",
  acl_ids: "AclIds.AclId",
  health_check: "HealthCheck",
  sticky_session: "StickySession",
  sticky_session_type: "StickySessionType",
  cookie_timeout: "CookieTimeout",
  cookie: "Cookie",
  persistence_timeout: "PersistenceTimeout",
  established_timeout: "EstablishedTimeout",
  health_check_domain: "HealthCheckDomain",
  health_check_method: "HealthCheckMethod",
  health_check_connect_port: "HealthCheckConnectPort",
  health_check_uri: "HealthCheckURI",
  healthy_threshold: "HealthyThreshold",
  unhealthy_threshold: "UnhealthyThreshold",
  health_check_interval: "HealthCheckInterval",
  health_check_http_code: "HealthCheckHttpCode",
  ssl_certificate_id: "ServerCertificateId",
  server_certificate_id: "ServerCertificateId",
  ca_certificate_id: "CACertificateId",
  enable_http2: "EnableHttp2",
  tls_cipher_policy: "TLSCipherPolicy",
  idle_timeout: "IdleTimeout",
  request_timeout: "RequestTimeout",
  listener_forward: "ListenerForward",
  forward_port: "ForwardPort",
  description: "Description",
  proxy_protocol_v2_enabled: "ProxyProtocolV2Enabled",
};
const FORWARDED: Readonly<Record<string, string>> = {
  retrive_client_ip: "XForwardedFor",
  retrive_slb_ip: "XForwardedFor_SLBIP",
  retrive_slb_id: "XForwardedFor_SLBID",
  retrive_slb_proto: "XForwardedFor_proto",
};

export function readListenerBody(data: ResourceData, protocol: string, body: Body): void {
  for (const [name, path] of Object.entries(FIELDS)) data.setIfGiven(name, at(body, path));
  data.setIfGiven("health_check_timeout", body.HealthCheckConnectTimeout ?? body.HealthCheckTimeout);
  if (protocol === "tcp") data.setIfGiven("health_check_type", body.HealthCheckType);
  if (body.Gzip !== undefined) data.set("gzip", body.Gzip === "on");
  const told = Object.entries(FORWARDED).filter(([, field]) => body[field] !== undefined);
  if (told.length === 0) return;
  data.set("x_forwarded_for", [
    Object.fromEntries(Object.keys(FORWARDED).map((name) => [name, body[FORWARDED[name] as string] === "on"])),
  ]);
}
