import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import type { Request } from "../../api/params";
import type { Lookup, Suppress } from "../../plan/lookup";
import { anyOf, between, lengthBetween, oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { httpCodes } from "./listener-rules";
import { respectProtection } from "./servers";

const FILE = "resource_alicloud_slb_rule";
const GONE = ["InvalidRuleId.NotFound"];
const FLAG = oneOf("on", "off");

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

/** Attribute to the name in the API: what a rule shares with its listener, unless it has its own. */
const SHARED = {
  listener_sync: "ListenerSync",
  scheduler: "Scheduler",
  cookie: "Cookie",
  cookie_timeout: "CookieTimeout",
  health_check: "HealthCheck",
  health_check_http_code: "HealthCheckHttpCode",
  health_check_interval: "HealthCheckInterval",
  health_check_domain: "HealthCheckDomain",
  health_check_uri: "HealthCheckURI",
  health_check_connect_port: "HealthCheckConnectPort",
  health_check_timeout: "HealthCheckTimeout",
  healthy_threshold: "HealthyThreshold",
  unhealthy_threshold: "UnhealthyThreshold",
  sticky_session: "StickySession",
  sticky_session_type: "StickySessionType",
} as const;

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const rule = {
    RuleName: data.text("name").trim(),
    Domain: data.given("domain"),
    Url: data.given("url"),
    VServerGroupId: data.text("server_group_id").trim(),
  };
  const body = await operations(context).send(
    "CreateRules",
    {
      LoadBalancerId: data.text("load_balancer_id"),
      ListenerPort: data.text("frontend_port"),
      RuleList: JSON.stringify([rule]),
    },
    { id: "alicloud_slb_rule" },
  );
  data.id = textAt(listAt(body, "Rules.Rule")[0], "RuleId");
  await update(context);
}

function refuseHalfSticky({ data }: OperationContext): void {
  if (data.text("listener_sync") !== "off") return;
  const needs = (name: string, when: string, is: string): void => {
    if (data.text(when) === is && data.given(name) === undefined)
      throw new ProviderError(`'${name}': required field is not set when the ${when} is '${is}'.`);
  };
  needs("sticky_session_type", "sticky_session", "on");
  needs("cookie_timeout", "sticky_session_type", "insert");
  needs("cookie", "sticky_session_type", "server");
}

/** The rule's own settings; none while it follows its listener. */
function ownSettings({ data }: OperationContext): Request {
  if (data.text("listener_sync") !== "off") return { ListenerSync: data.text("listener_sync") };
  const checked = data.text("health_check") === "on";
  const sticky = data.text("sticky_session") === "on";
  const sent = (name: keyof typeof SHARED): boolean => {
    if (name === "listener_sync" || name === "scheduler" || name === "health_check" || name === "sticky_session")
      return true;
    if (name === "sticky_session_type") return sticky;
    if (name === "cookie_timeout") return sticky && data.text("sticky_session_type") === "insert";
    if (name === "cookie") return sticky && data.text("sticky_session_type") === "server";
    return checked;
  };
  const names = Object.keys(SHARED) as (keyof typeof SHARED)[];
  return Object.fromEntries(names.filter(sent).map((name) => [SHARED[name], data.given(name)]));
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  refuseHalfSticky(context);
  const settings = data.anyChanged(...Object.keys(SHARED)) ? ownSettings(context) : undefined;
  const [name, group] = [data.changed("name"), data.changed("server_group_id")];
  if (settings === undefined && !name && !group) return;
  await operations(context).send("SetRule", {
    RuleId: data.id,
    RuleName: name ? data.text("name") : undefined,
    VServerGroupId: group ? data.text("server_group_id") : undefined,
    ...settings,
  });
}

const describe = (context: OperationContext): Promise<Body | undefined> =>
  operations(context).attempt("DescribeRuleAttribute", { RuleId: context.data.id }, { gone: GONE });

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await describe(context);
  if (body === undefined) return data.vanish();
  data.set("name", body.RuleName);
  data.set("load_balancer_id", body.LoadBalancerId);
  data.set("frontend_port", Number(textAt(body, "ListenerPort")));
  data.set("domain", body.Domain);
  data.set("url", body.Url);
  data.set("server_group_id", body.VServerGroupId);
  for (const [name, field] of Object.entries(SHARED)) data.set(name, body[field]);
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  await respectProtection(context, operations(context), data.text("load_balancer_id"));
  await operations(context).attempt("DeleteRules", { RuleIds: `['${data.id}']` }, { gone: GONE });
  await api.wait(data.id, 300_000, async () => (await describe(context)) === undefined);
}

/** What follows the listener is no difference, nor is the detail of something that is off. */
const follows: Suppress = (look) => look.text("listener_sync") !== "off";
const unchecked = (look: Lookup): boolean => look.text("health_check") !== "on";
const notSticky = (look: Lookup): boolean => look.text("sticky_session") !== "on";
const unless =
  (...reasons: readonly ((look: Lookup) => boolean)[]): Suppress =>
  (look, old, next) =>
    follows(look, old, next) || reasons.some((reason) => reason(look));

const suppress: Readonly<Record<string, Suppress>> = {
  scheduler: follows,
  health_check: follows,
  sticky_session: follows,
  sticky_session_type: unless(notSticky),
  cookie_timeout: unless(notSticky, (look) => look.text("sticky_session_type") !== "insert"),
  cookie: unless(notSticky, (look) => look.text("sticky_session_type") !== "server"),
  health_check_domain: unless(unchecked),
  health_check_uri: unless(unchecked),
  health_check_connect_port: unless(unchecked),
  health_check_http_code: unless(unchecked),
  health_check_interval: unless(unchecked),
  health_check_timeout: unless(unchecked),
  healthy_threshold: unless(unchecked),
  unhealthy_threshold: unless(unchecked),
};

export const rule: ResourceType = {
  file: FILE,
  checks: {
    frontend_port: between(1, 65535),
    scheduler: oneOf("wrr", "wlc", "rr"),
    listener_sync: FLAG,
    cookie: lengthBetween(1, 200),
    cookie_timeout: between(1, 86400),
    health_check: FLAG,
    health_check_uri: lengthBetween(1, 80),
    health_check_connect_port: anyOf(between(1, 65535), oneOf(-520)),
    health_check_http_code: httpCodes,
    health_check_interval: between(1, 50),
    health_check_timeout: between(1, 300),
    healthy_threshold: between(1, 10),
    unhealthy_threshold: between(1, 10),
    sticky_session: FLAG,
    sticky_session_type: oneOf("insert", "server"),
  },
  plan: { suppress },
  create,
  read,
  update,
  delete: remove,
};
