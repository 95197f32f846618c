import type { Construct } from "constructs";
import { checkChoice, checkFlag, checkId } from "./checks";
import { checkList, checkObject } from "./settings-checks";
import type { ClbListenerProps } from "./listener-props";

/** Values that only some protocols have. */
const SCHEDULERS: Readonly<Record<string, readonly string[]>> = {
  tcp: ["wrr", "wlc", "rr", "sch", "tch"],
  udp: ["wrr", "wlc", "rr", "sch", "tch", "qch"],
  http: ["wrr", "wlc", "rr"],
  https: ["wrr", "wlc", "rr"],
};
const TLS_POLICIES = [
  "tls_cipher_policy_1_0",
  "tls_cipher_policy_1_1",
  "tls_cipher_policy_1_2",
  "tls_cipher_policy_1_2_strict",
  "tls_cipher_policy_1_2_strict_with_1_3",
];
const HTTP_CODES = ["http_2xx", "http_3xx", "http_4xx", "http_5xx"];

/** Checks the choices that the types restrict, for callers without types. @throws ConstructError `InvalidChoice`, `InvalidId` */
export function checkChoices(scope: Construct, props: ClbListenerProps): void {
  const given = props as unknown as Readonly<Record<string, string | undefined>>;
  const choose = (what: string, value: string | undefined, allowed: readonly string[]): void =>
    checkChoice(scope, `${what} of a ${props.protocol} listener`, value, allowed);
  for (const name of ["healthCheck", "access", "stickySession", "forwardedHeaders"]) {
    const value: unknown = given[name];
    if (value === undefined || (name === "healthCheck" && value === false)) continue;
    const rule = name === "healthCheck" ? "an object, or false" : "an object";
    checkObject(scope, `${name} of a ${props.protocol} listener`, value, rule);
  }
  checkChoice(scope, "the protocol of a listener", props.protocol, Object.keys(SCHEDULERS));
  choose("the scheduler", props.scheduler, SCHEDULERS[props.protocol] ?? []);
  choose("tlsCipherPolicy", given.tlsCipherPolicy, TLS_POLICIES);
  const check = props.healthCheck === false ? undefined : props.healthCheck;
  choose("healthCheck.type", check?.type, ["tcp", "http"]);
  choose("healthCheck.method", check?.method, ["head", "get"]);
  if (check?.httpCodes !== undefined) checkList(scope, "healthCheck.httpCodes", check.httpCodes);
  for (const code of check?.httpCodes ?? []) choose("healthCheck.httpCodes", code, HTTP_CODES);
  if (props.access !== undefined) {
    // There is no default: each mode admits the clients that the other one refuses.
    choose("access.mode", props.access.mode ?? "nothing", ["allow", "deny"]);
    checkList(scope, "access.lists", props.access.lists);
  }
  for (const list of props.access?.lists ?? []) checkId(scope, "a list of access", "acl-", list);
  const headers = (props as { readonly forwardedHeaders?: object }).forwardedHeaders ?? {};
  const flags = { proxyProtocol: given.proxyProtocol, gzip: given.gzip, http2: given.http2, ...headers };
  for (const [name, value] of Object.entries(flags)) checkFlag(scope, `${name} of a ${props.protocol} listener`, value);
  const sticky = given.stickySession as { type?: string } | undefined;
  if (sticky !== undefined) choose("stickySession.type", sticky.type ?? "nothing", ["insert", "server"]);
}
