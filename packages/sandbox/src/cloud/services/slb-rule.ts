import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { invalid, refused } from "../errors";
import type { ForwardingRule, Listener, LoadBalancer } from "../model";
import { needed } from "./find";
import { entriesIn } from "./slb-server-list";

/** What a rule has of its own when it does not follow its listener. */
const TEXTS = [
  "Scheduler",
  "StickySession",
  "StickySessionType",
  "Cookie",
  "HealthCheck",
  "HealthCheckDomain",
  "HealthCheckURI",
  "HealthCheckHttpCode",
] as const;
const NUMBERS = [
  "CookieTimeout",
  "HealthyThreshold",
  "UnhealthyThreshold",
  "HealthCheckInterval",
  "HealthCheckTimeout",
  "HealthCheckConnectPort",
] as const;

/** Only listeners that read requests can have rules. */
function listenerOn(call: Call, balancer: LoadBalancer): Listener {
  const port = call.params.needInt("ListenerPort", { min: 1, max: 65535, code: "InvalidParameter" });
  const found = call
    .by("listener", "balancer", balancer.id)
    .find((one) => one.port === port && (one.protocol === "http" || one.protocol === "https"));
  if (found === undefined) throw refused("InvalidParameter", "The specified resource does not exist.");
  return found;
}

function groupOf(call: Call, balancer: string, id: string): string {
  if (needed(call, "server-group", id).balancer !== balancer)
    throw refused("InvalidParameter.VServerGroupId", "The server group belongs to another load balancer.");
  return id;
}

/** Codes in the style of the service: a rule without a condition, and two rules with the same one. */
function create(call: Call): Body {
  const balancer = needed(call, "load-balancer");
  const listener = listenerOn(call, balancer);
  const wanted = entriesIn(call, "RuleList");
  if (wanted.length === 0) throw invalid("RuleList", "it names no rule.");
  const made = wanted.map((entry): ForwardingRule => {
    const text = (name: string): string => String(entry[name] ?? "");
    const [domain, url] = [text("Domain"), text("Url")];
    if (domain === "" && url === "") throw invalid("RuleList", "each rule needs a Domain or a Url.");
    if (text("VServerGroupId") === "") throw invalid("RuleList", "each rule needs a VServerGroupId.");
    const others = call.by("forwarding-rule", "listener", listener.id);
    if (others.some((other) => other.domain === domain && other.url === url))
      throw refused("DomainUrlExist", "There is already a rule for this domain and path on the listener.");
    const rule: ForwardingRule = {
      id: call.ids.make("rule", balancer.region, 18),
      region: balancer.region,
      created: call.now,
      balancer: balancer.id,
      listener: listener.id,
      port: listener.port,
      name: text("RuleName"),
      domain,
      url,
      group: groupOf(call, balancer.id, text("VServerGroupId")),
      follows: true,
      attributes: {},
    };
    call.put("forwarding-rule", rule);
    return rule;
  });
  return { Rules: { Rule: made.map(({ id, name }) => ({ RuleId: id, RuleName: name })) } };
}

function view(call: Call, rule: ForwardingRule): Body {
  const listener = call.find("listener", rule.listener);
  const source = rule.follows ? (listener?.attributes ?? {}) : rule.attributes;
  const shared = [...TEXTS, ...NUMBERS].flatMap((name) => (name in source ? [[name, source[name]]] : []));
  return {
    ...(Object.fromEntries(shared) as Body),
    RuleId: rule.id,
    RuleName: rule.name,
    LoadBalancerId: rule.balancer,
    ListenerPort: String(rule.port),
    ListenerProtocol: listener?.protocol ?? "",
    Domain: rule.domain,
    Url: rule.url,
    VServerGroupId: rule.group,
    ListenerSync: rule.follows ? "on" : "off",
  };
}

function set(call: Call): Body {
  const rule = needed(call, "forwarding-rule");
  const { params } = call;
  const sync = params.text("ListenerSync");
  if (sync !== undefined && sync !== "on" && sync !== "off") throw invalid("ListenerSync", "it takes on or off.");
  const follows = sync === undefined ? rule.follows : sync === "on";
  const group = params.text("VServerGroupId");
  const given = [
    ...TEXTS.map((name) => [name, params.text(name)] as const),
    ...NUMBERS.map((name) => [name, params.int(name)] as const),
  ].filter(([, value]) => value !== undefined);
  call.update("forwarding-rule", rule, {
    follows,
    name: params.text("RuleName") ?? rule.name,
    group: group === undefined ? rule.group : groupOf(call, rule.balancer, group),
    attributes: follows ? {} : { ...rule.attributes, ...(Object.fromEntries(given) as ForwardingRule["attributes"]) },
  });
  return {};
}

function remove(call: Call): Body {
  const ids = call.params
    .need("RuleIds")
    .replace(/[[\]'"\s]/g, "")
    .split(",")
    .filter((id) => id !== "");
  for (const { id } of ids.map((one) => needed(call, "forwarding-rule", one))) call.remove("forwarding-rule", id);
  return {};
}

/** A rule ends with its listener. */
export function removeRulesOf(call: Call, listener: Listener): void {
  for (const { id } of call.by("forwarding-rule", "listener", listener.id)) call.remove("forwarding-rule", id);
}

export const ruleActions: Actions = {
  CreateRules: create,
  DescribeRules: (call) => ({
    Rules: {
      Rule: call
        .by("forwarding-rule", "listener", listenerOn(call, needed(call, "load-balancer")).id)
        .map((rule) => view(call, rule)),
    },
  }),
  DescribeRuleAttribute: (call) => view(call, needed(call, "forwarding-rule")),
  SetRule: set,
  DeleteRules: remove,
};
