import type { Call } from "../call";
import { invalid } from "../errors";
import type { Listener } from "../model";

type Value = string | number | boolean;
type Attributes = Readonly<Record<string, Value>>;
type Type = "number" | "text" | "flag";

const http = (protocol: Listener["protocol"]): boolean => protocol === "http" || protocol === "https";

/** Attributes of every listener. */
const COMMON: Readonly<Record<string, Type>> = {
  BackendServerPort: "number",
  Bandwidth: "number",
  Scheduler: "text",
  VServerGroupId: "text",
  MasterSlaveServerGroupId: "text",
  AclStatus: "text",
  AclType: "text",
  AclId: "text",
  Description: "text",
  ProxyProtocolV2Enabled: "flag",
  HealthCheckConnectPort: "number",
  HealthyThreshold: "number",
  UnhealthyThreshold: "number",
  HealthCheckInterval: "number",
};
const HTTP: Readonly<Record<string, Type>> = {
  StickySession: "text",
  StickySessionType: "text",
  CookieTimeout: "number",
  Cookie: "text",
  HealthCheck: "text",
  HealthCheckDomain: "text",
  HealthCheckURI: "text",
  HealthCheckHttpCode: "text",
  HealthCheckMethod: "text",
  HealthCheckTimeout: "number",
  IdleTimeout: "number",
  RequestTimeout: "number",
  Gzip: "text",
  ListenerForward: "text",
  ForwardPort: "number",
  XForwardedFor: "text",
  XForwardedFor_SLBIP: "text",
  XForwardedFor_SLBID: "text",
  XForwardedFor_proto: "text",
};
const HTTPS: Readonly<Record<string, Type>> = {
  ServerCertificateId: "text",
  CACertificateId: "text",
  EnableHttp2: "text",
  TLSCipherPolicy: "text",
};
const TCP_UDP: Readonly<Record<string, Type>> = {
  PersistenceTimeout: "number",
  HealthCheckConnectTimeout: "number",
  HealthCheckDomain: "text",
  HealthCheckURI: "text",
  HealthCheckHttpCode: "text",
  HealthCheckMethod: "text",
};
const TCP: Readonly<Record<string, Type>> = { EstablishedTimeout: "number", HealthCheckType: "text" };

const SETTABLE: Readonly<Record<Listener["protocol"], Readonly<Record<string, Type>>>> = {
  http: { ...COMMON, ...HTTP },
  https: { ...COMMON, ...HTTP, ...HTTPS },
  tcp: { ...COMMON, ...TCP_UDP, ...TCP },
  udp: { ...COMMON, ...TCP_UDP },
};

const CHECK = { HealthyThreshold: 3, UnhealthyThreshold: 3, HealthCheckInterval: 2 } as const;
const SHARED = { Bandwidth: -1, Scheduler: "wrr", AclStatus: "off", ProxyProtocolV2Enabled: false } as const;
const LAYER_7 = {
  ...SHARED,
  ...CHECK,
  StickySession: "off",
  HealthCheck: "on",
  HealthCheckTimeout: 5,
  IdleTimeout: 15,
  RequestTimeout: 60,
  Gzip: "on",
  XForwardedFor: "on",
  XForwardedFor_SLBIP: "off",
  XForwardedFor_SLBID: "off",
  XForwardedFor_proto: "off",
} as const;
const LAYER_4 = {
  ...SHARED,
  ...CHECK,
  HealthCheck: "on",
  HealthCheckConnectTimeout: 5,
  PersistenceTimeout: 0,
} as const;

/** The cloud's defaults. */
const DEFAULTS: Readonly<Record<Listener["protocol"], Attributes>> = {
  http: { ...LAYER_7, ListenerForward: "off" },
  https: { ...LAYER_7, EnableHttp2: "on", TLSCipherPolicy: "tls_cipher_policy_1_0" },
  tcp: { ...LAYER_4, HealthCheckType: "tcp", EstablishedTimeout: 900 },
  udp: { ...LAYER_4, HealthCheckConnectTimeout: 10, HealthCheckInterval: 5 },
};

/** Attributes that mean nothing while a switch is off. */
const DEPENDENT: readonly { readonly of: string; readonly names: readonly string[] }[] = [
  { of: "StickySession", names: ["StickySessionType", "CookieTimeout", "Cookie"] },
  {
    of: "HealthCheck",
    names: [
      "HealthCheckDomain",
      "HealthCheckURI",
      "HealthCheckHttpCode",
      "HealthCheckMethod",
      "HealthCheckConnectPort",
      "HealthyThreshold",
      "UnhealthyThreshold",
      "HealthCheckTimeout",
      "HealthCheckInterval",
    ],
  },
  { of: "AclStatus", names: ["AclType", "AclId"] },
];

/** Attributes of a new listener: what is asked, over the cloud's own defaults. @throws CloudError */
export function newAttributes(call: Call, protocol: Listener["protocol"]): Attributes {
  const defaults = DEFAULTS[protocol];
  const uri: Record<string, Value> = http(protocol) ? { HealthCheckURI: "/" } : {};
  return consistent({ ...defaults, ...uri, ...asked(call, protocol) });
}

/** Attributes after a Set call. An empty value counts as not given, except for the description. @throws CloudError */
export function mergeAttributes(call: Call, listener: Listener): Attributes {
  const merged: Record<string, Value> = { ...listener.attributes, ...asked(call, listener.protocol) };
  if (call.params.text("VServerGroup") === "off") delete merged["VServerGroupId"];
  if (call.params.text("MasterSlaveServerGroup") === "off") delete merged["MasterSlaveServerGroupId"];
  const description = call.params.raw("Description");
  if (description !== undefined) merged["Description"] = description;
  return consistent(merged);
}

function asked(call: Call, protocol: Listener["protocol"]): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const [name, type] of Object.entries(SETTABLE[protocol])) {
    const text = call.params.text(name);
    if (text !== undefined) found[name] = read(call, name, type, text);
  }
  return found;
}

function read(call: Call, name: string, type: Type, text: string): Value {
  if (type === "number") return call.params.needInt(name, { min: -520, max: 86400 });
  if (type === "flag") return call.params.flag(name) ?? false;
  const words = WORDS[name];
  if (words !== undefined && !words.includes(text))
    throw invalid(name, `expected one of ${words.join(", ")}, got "${text}".`);
  return text;
}

const ON_OFF = ["on", "off"];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  Scheduler: ["wrr", "wlc", "rr", "sch", "tch", "qch"],
  AclStatus: ON_OFF,
  AclType: ["black", "white"],
  StickySession: ON_OFF,
  StickySessionType: ["insert", "server"],
  HealthCheck: ON_OFF,
  HealthCheckType: ["tcp", "http"],
  HealthCheckMethod: ["head", "get"],
  Gzip: ON_OFF,
  ListenerForward: ON_OFF,
  EnableHttp2: ON_OFF,
  XForwardedFor: ON_OFF,
  XForwardedFor_SLBIP: ON_OFF,
  XForwardedFor_SLBID: ON_OFF,
  XForwardedFor_proto: ON_OFF,
};

function consistent(attributes: Record<string, Value>): Attributes {
  for (const { of, names } of DEPENDENT)
    if (attributes[of] === "off") for (const name of names) delete attributes[name];
  if (attributes["ListenerForward"] !== "on") return attributes;
  // A listener that forwards has no backend of its own; the port that clients send with it means nothing. The limits of
  // its check stay: without them the released provider would plan to set them after an import.
  Object.assign(attributes, CHECK, { HealthCheckTimeout: LAYER_7.HealthCheckTimeout });
  delete attributes["BackendServerPort"];
  return attributes;
}
