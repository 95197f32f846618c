import type { Construct } from "constructs";
import { checkId, isUnknown } from "./checks";
import { asTyped, misuse } from "./errors";
import { checkChoices } from "./listener-choices";
import type { ClbHealthCheck, ClbListenerProps } from "./listener-props";

type Range = readonly [min: number, max: number, also?: number];

const HEALTH: Partial<Record<keyof ClbHealthCheck, Range>> = {
  // Two numbers mean the port of the server itself: 0 and -520.
  port: [0, 65_535, -520],
  timeout: [1, 300],
  interval: [1, 50],
  healthyThreshold: [2, 10],
  unhealthyThreshold: [2, 10],
};
const RANGES: Readonly<Record<string, Range>> = {
  bandwidth: [1, 1000, -1],
  establishedTimeout: [10, 900],
  persistenceTimeout: [0, 3600],
  idleTimeout: [1, 60],
  requestTimeout: [1, 180],
  redirectTo: [1, 65_535],
};
/** Server groups of both kinds have ids of one form. */
const GROUPS = ["serverGroupId", "masterSlaveServerGroupId"];
/** Settings that exist only for some protocols. A caller without types, or with a spread, may set them for another one. */
const ONLY: Readonly<Record<string, readonly ClbListenerProps["protocol"][]>> = {
  establishedTimeout: ["tcp"],
  persistenceTimeout: ["tcp", "udp"],
  proxyProtocol: ["tcp", "udp"],
  masterSlaveServerGroupId: ["tcp", "udp"],
  stickySession: ["http", "https"],
  healthCheckPath: ["http", "https"],
  idleTimeout: ["http", "https"],
  requestTimeout: ["http", "https"],
  gzip: ["http", "https"],
  forwardedHeaders: ["http", "https"],
  redirectTo: ["http"],
  certificateId: ["https"],
  caCertificateId: ["https"],
  tlsCipherPolicy: ["https"],
  http2: ["https"],
};

/** Refuses settings of a listener that the cloud would refuse. @throws ConstructError `InvalidListener`, `InvalidChoice`, `InvalidId` */
export function checkListener(scope: Construct, props: ClbListenerProps): void {
  checkChoices(scope, props);
  for (const id of GROUPS) {
    const group = (props as unknown as Readonly<Record<string, unknown>>)[id];
    if (group !== undefined) checkId(scope, `${id} of a ${props.protocol} listener`, "rsp-", group);
  }
  const given = props as unknown as Readonly<Record<string, unknown>>;
  const wrong = (what: string, rule: string, got: unknown, fix: string): Error =>
    misuse({
      code: "InvalidListener",
      what: `${what} of a ${props.protocol} listener`,
      rule,
      got,
      at: scope.node.path,
      fix,
    });
  for (const [name, protocols] of Object.entries(ONLY)) {
    if (given[name] !== undefined && !protocols.includes(props.protocol)) {
      throw wrong(name, `left out; only ${protocols.join(" and ")} listeners have it`, given[name], "remove it.");
    }
  }
  const check = props.healthCheck === false ? undefined : props.healthCheck;
  const inRange = (what: string, value: unknown, [min, max, also]: Range): void => {
    if (value === undefined || isUnknown(value) || (also !== undefined && value === also)) return;
    if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return;
    throw wrong(what, `a whole number from ${min} to ${max}`, asTyped(value), "give a number in that range.");
  };
  for (const [name, range] of Object.entries(RANGES)) inRange(name, given[name], range);
  for (const [name, range] of Object.entries(HEALTH))
    inRange(`healthCheck.${name}`, check?.[name as keyof ClbHealthCheck], range);

  const path = check?.path ?? given.healthCheckPath;
  if (typeof path === "string" && !isUnknown(path) && !/^\/.{0,79}$/.test(path)) {
    throw wrong("the path of the health check", "1 to 80 characters, starting with `/`", path, "change it.");
  }
  const domain: unknown = check?.domain;
  // An empty text means the address of each server, as `$_ip` did.
  if (domain !== undefined && domain !== "" && !isUnknown(domain) && !/^[A-Za-z0-9.-]{1,80}$/.test(String(domain))) {
    const fix = domain === "$_ip" ? "leave it out for the address of each server." : "give the name of a host.";
    throw wrong("healthCheck.domain", "1 to 80 letters, digits, `-` and `.`", domain, fix);
  }
  if (check?.httpCodes?.length === 0) {
    throw wrong("healthCheck.httpCodes", "at least one", "none", 'leave it out for ["http_2xx"].');
  }
  const requests = (["path", "domain", "method", "httpCodes"] as const).find((name) => check?.[name] !== undefined);
  if (requests !== undefined && (props.protocol === "udp" || (props.protocol === "tcp" && check?.type !== "http"))) {
    const fix = props.protocol === "udp" ? "remove it." : 'remove it, or give `type: "http"`.';
    throw wrong(`healthCheck.${requests}`, "left out of a check without HTTP requests", check?.[requests], fix);
  }
  if (props.healthCheck === false && (props.protocol === "tcp" || props.protocol === "udp")) {
    throw wrong("the health check", "on; it cannot be switched off", false, "leave it out.");
  }
  if (props.protocol === "udp" && check?.type !== undefined) {
    throw wrong("healthCheck.type", "left out", check.type, "remove it.");
  }
  if (props.serverGroupId !== undefined && given.masterSlaveServerGroupId !== undefined) {
    throw wrong("the server group", "one", "both kinds", "remove `serverGroupId` or `masterSlaveServerGroupId`.");
  }
  if (props.access !== undefined && props.access.lists.length === 0) {
    throw wrong("access.lists", "at least one list", "none", "name a list, or leave `access` out.");
  }
  const { description } = props;
  if (description !== undefined && !isUnknown(description) && !/^[^]{1,256}$/.test(description)) {
    throw wrong("description", "1 to 256 characters", description, "shorten it, or leave it out.");
  }
  const lists = props.access?.lists ?? [];
  if (new Set(lists).size !== lists.length) {
    throw wrong("access.lists", "different lists", lists.join(", "), "name each list once.");
  }
  const sticky = given.stickySession as { type?: unknown; cookie?: unknown; cookieTimeout?: unknown } | undefined;
  if (sticky?.type === "server" && (typeof sticky.cookie !== "string" || sticky.cookie === "")) {
    throw wrong("stickySession.cookie", "the name of the application's cookie", sticky.cookie, "give it.");
  }
  if (
    sticky?.type === "server" &&
    !isUnknown(sticky.cookie) &&
    !/^(?!\$)[!-+\--:<-~]{1,200}$/.test(String(sticky.cookie))
  ) {
    const rule = "1 to 200 characters without space, comma and semicolon, not starting with `$`";
    throw wrong("stickySession.cookie", rule, sticky.cookie, "give the name of the application's cookie.");
  }
  if (sticky?.type === "insert" && sticky.cookie !== undefined) {
    const fix = 'remove it, or give `type: "server"`.';
    throw wrong("stickySession.cookie", "left out where the load balancer sets its own", sticky.cookie, fix);
  }
  inRange("stickySession.cookieTimeout", sticky?.cookieTimeout, [1, 86_400]);
  if (given.redirectTo !== undefined && given.redirectTo === props.port) {
    throw wrong("redirectTo", "another port", props.port, "name the port of the https listener.");
  }
}
