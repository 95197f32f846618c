import type { Lookup, Suppress } from "../../plan/lookup";
import type { Check } from "../../validate/rules";
import { anyOf, between, lengthBetween, oneOf } from "../../validate/rules";
import type { Checks } from "../../validate/validate";

const FLAG = oneOf("on", "off");

/** A comma list of HTTP status classes. */
export const httpCodes: Check = (value, name) => {
  const allowed = ["http_2xx", "http_3xx", "http_4xx", "http_5xx"];
  return String(value)
    .split(",")
    .every((one) => allowed.includes(one))
    ? undefined
    : `"${name}" must contain a valid string value should in []string{${allowed.map((one) => JSON.stringify(one)).join(", ")}}, got ${JSON.stringify(value)}`;
};

export const listenerChecks: Checks = {
  frontend_port: between(1, 65535),
  backend_port: between(1, 65535),
  protocol: oneOf("http", "https", "tcp", "udp"),
  bandwidth: anyOf(between(1, 1000), oneOf(-1)),
  scheduler: oneOf("wrr", "wlc", "rr", "sch", "tch", "qch"),
  acl_status: FLAG,
  acl_type: oneOf("black", "white"),
  sticky_session: FLAG,
  sticky_session_type: oneOf("insert", "server"),
  cookie_timeout: between(1, 86400),
  cookie: lengthBetween(1, 200),
  persistence_timeout: between(0, 3600),
  health_check: FLAG,
  health_check_method: oneOf("head", "get"),
  health_check_type: oneOf("tcp", "http"),
  health_check_domain: (value, name) =>
    value === "$_ip"
      ? `invalid value for ${name} (value '$_ip' has been deprecated, and empty string will replace it)`
      : undefined,
  health_check_uri: lengthBetween(1, 80),
  health_check_connect_port: anyOf(between(0, 65535), oneOf(-520)),
  healthy_threshold: between(1, 10),
  unhealthy_threshold: between(1, 10),
  health_check_timeout: between(1, 300),
  health_check_interval: between(1, 50),
  health_check_http_code: httpCodes,
  established_timeout: between(10, 900),
  enable_http2: FLAG,
  tls_cipher_policy: oneOf(
    "tls_cipher_policy_1_0",
    "tls_cipher_policy_1_1",
    "tls_cipher_policy_1_2",
    "tls_cipher_policy_1_2_strict",
    "tls_cipher_policy_1_2_strict_with_1_3",
  ),
  idle_timeout: between(1, 60),
  request_timeout: between(1, 180),
  listener_forward: FLAG,
  forward_port: between(1, 65535),
};

const protocol = (look: Lookup): string => look.text("protocol");
/** Not a plain HTTP or HTTPS listener (one that only forwards counts as none). */
const notHttp: Suppress = (look) =>
  look.text("listener_forward") === "on" || !["http", "https"].includes(protocol(look));
const notSticky: Suppress = (look, old, next) => notHttp(look, old, next) || look.text("sticky_session") !== "on";
const notTcp: Suppress = (look) => protocol(look) !== "tcp";
const notHttps: Suppress = (look) => protocol(look) !== "https";
const noAcl: Suppress = (look) => look.text("acl_status") !== "on";
const notChecked: Suppress = (look, old, next) => !notHttp(look, old, next) && look.text("health_check") !== "on";
const notCheckedByHttp: Suppress = (look, old, next) =>
  !(
    (!notHttp(look, old, next) && look.text("health_check") === "on") ||
    (protocol(look) === "tcp" && look.text("health_check_type") === "http")
  );

/** What a protocol does not have is no difference. */
export const listenerSuppress: Readonly<Record<string, Suppress>> = {
  acl_id: noAcl,
  acl_ids: noAcl,
  acl_type: noAcl,
  sticky_session: notHttp,
  sticky_session_type: notSticky,
  cookie_timeout: (look, old, next) => notSticky(look, old, next) || look.text("sticky_session_type") !== "insert",
  cookie: (look, old, next) => notSticky(look, old, next) || look.text("sticky_session_type") !== "server",
  persistence_timeout: (look) => !["tcp", "udp"].includes(protocol(look)),
  health_check: notHttp,
  health_check_type: notTcp,
  health_check_domain: notCheckedByHttp,
  health_check_uri: notCheckedByHttp,
  health_check_http_code: notCheckedByHttp,
  health_check_connect_port: notChecked,
  healthy_threshold: notChecked,
  unhealthy_threshold: notChecked,
  health_check_timeout: notChecked,
  health_check_interval: notChecked,
  server_certificate_id: notHttps,
  ssl_certificate_id: notHttps,
  ca_certificate_id: notHttps,
  gzip: notHttp,
  established_timeout: notTcp,
  enable_http2: notHttps,
  tls_cipher_policy: notHttps,
  idle_timeout: notHttp,
  request_timeout: notHttp,
  forward_port: (look) => protocol(look) !== "http" || look.text("listener_forward") !== "on",
  listener_forward: (look) => protocol(look) !== "http",
};
