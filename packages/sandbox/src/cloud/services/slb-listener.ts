import type { Actions, Call } from "../call";
import type { Body, CloudError } from "../contract";
import { missing, notFound, quotaExceeded, refused } from "../errors";
import type { Listener, LoadBalancer } from "../model";
import { needed } from "./find";
import { mergeAttributes, newAttributes } from "./slb-listener-attributes";
import { removeRulesOf } from "./slb-rule";

const PROTOCOLS = ["http", "https", "tcp", "udp"] as const;
type Protocol = Listener["protocol"];

const listenerId = (balancer: string, protocol: Protocol, port: number): string => `${balancer}/${protocol}/${port}`;

/** The text by which clients see that a listener is gone, whether or not its load balancer still is there. */
const noListener = (): CloudError => refused("InvalidParameter", "The specified resource does not exist.");

const portIn = (call: Call): number =>
  call.params.needInt("ListenerPort", { min: 1, max: 65535, code: "InvalidParameter" });

function checkServerGroup(call: Call, balancer: LoadBalancer): void {
  const id = call.params.text("VServerGroupId");
  if (id === undefined || call.params.text("VServerGroup") === "off") return;
  if (needed(call, "server-group", id).balancer !== balancer.id)
    throw refused("InvalidParameter.VServerGroupId", "The server group belongs to another load balancer.");
}

/** What a listener names has to exist. Whether a port to forward to is one has a code in the style of the service. */
function checkReferences(call: Call, balancer: LoadBalancer): void {
  const { params } = call;
  if (params.text("AclStatus") !== "off")
    for (const id of (params.text("AclId") ?? "").split(",").filter(Boolean)) needed(call, "acl", id);
  const certificate = params.text("ServerCertificateId");
  if (certificate !== undefined) needed(call, "server-certificate", certificate);
  // Certificates of authorities cannot be uploaded to the sandbox, so that none is there.
  if ((params.text("CACertificateId") ?? "") !== "")
    throw notFound("CACertificateId.NotFound", "The specified CACertificateId does not exist.");
  const pair = params.text("MasterSlaveServerGroup") === "off" ? undefined : params.text("MasterSlaveServerGroupId");
  if (pair !== undefined && needed(call, "master-slave-group", pair).balancer !== balancer.id)
    throw refused("InvalidParameter.MasterSlaveServerGroupId", "The server group belongs to another load balancer.");
  const port = params.text("ListenerForward") === "on" ? params.text("ForwardPort") : undefined;
  const there = call
    .by("listener", "balancer", balancer.id)
    .some((one) => one.port === Number(port) && one.protocol === "https");
  if (port !== undefined && !there)
    throw refused("InvalidParameter.ForwardPort", `There is no HTTPS listener on the port ${port} to forward to.`);
}

const create =
  (protocol: Protocol) =>
  (call: Call): Body => {
    const balancer = needed(call, "load-balancer");
    const port = portIn(call);
    const others = call.by("listener", "balancer", balancer.id);
    // UDP has ports of its own; the other three share one set.
    if (others.some((other) => other.port === port && (other.protocol === "udp") === (protocol === "udp")))
      throw refused(
        "ListenerAlreadyExists",
        "There is already a listener bound to the port on the specified load balancer.",
      );
    const limit = call.settings.quotas.listenersPerLoadBalancer;
    if (others.length >= limit)
      throw quotaExceeded("QuotaLimitExceeds.Listeners", "listeners per load balancer", limit);
    if (protocol === "https" && call.params.text("ServerCertificateId") === undefined)
      throw missing("ServerCertificateId");
    checkServerGroup(call, balancer);
    checkReferences(call, balancer);
    call.put("listener", {
      id: listenerId(balancer.id, protocol, port),
      region: balancer.region,
      created: call.now,
      balancer: balancer.id,
      port,
      protocol,
      // A listener begins stopped; clients wait for that before they start it.
      status: call.status(["configuring", "listener"], ["stopped"]),
      attributes: newAttributes(call, protocol),
    });
    return {};
  };

const describe =
  (protocol: Protocol) =>
  (call: Call): Body => {
    const id = call.params.need("LoadBalancerId");
    const listener = call.find("listener", listenerId(id, protocol, portIn(call)));
    if (listener === undefined) throw noListener();
    const acl = String(listener.attributes["AclId"] ?? "");
    return {
      LoadBalancerId: id,
      ListenerPort: listener.port,
      Status: call.statusOf(listener),
      Description: "",
      ...listener.attributes,
      AclIds: { AclId: acl === "" ? [] : acl.split(",") },
    };
  };

const set =
  (protocol: Protocol) =>
  (call: Call): Body => {
    const balancer = needed(call, "load-balancer");
    const listener = call.find("listener", listenerId(balancer.id, protocol, portIn(call)));
    if (listener === undefined) throw noListener();
    const status = call.statusOf(listener);
    if (status !== "running" && status !== "stopped")
      throw refused(
        "OperationFailed.ListenerStatusNotSupport",
        `The status of the listener (${status}) does not support this operation.`,
      );
    checkServerGroup(call, balancer);
    checkReferences(call, balancer);
    call.update("listener", listener, { attributes: mergeAttributes(call, listener) });
    return {};
  };

/** The listener on a port; the protocol tells apart two that share the number. */
function onPort(call: Call): Listener {
  const balancer = needed(call, "load-balancer");
  const protocol = call.params.text("ListenerProtocol")?.toLowerCase();
  const port = portIn(call);
  const found = call
    .by("listener", "balancer", balancer.id)
    .filter((listener) => listener.port === port && (protocol === undefined || listener.protocol === protocol));
  if (found.length > 1) throw missing("ListenerProtocol");
  if (found[0] === undefined) throw noListener();
  return found[0];
}

function needStill(call: Call, listener: Listener): void {
  const status = call.statusOf(listener);
  if (status === "configuring" || status === "starting")
    throw refused("ServiceIsConfiguring", "The specified listener is being configured; try again later.");
  if (status === "stopping") throw refused("ServiceIsStopping", "The specified listener is stopping; try again later.");
}

function start(call: Call): Body {
  const listener = onPort(call);
  needStill(call, listener);
  if (call.statusOf(listener) !== "running")
    call.update("listener", listener, { status: call.status(["starting", "listener"], ["running"]) });
  return {};
}

function stop(call: Call): Body {
  const listener = onPort(call);
  needStill(call, listener);
  if (call.statusOf(listener) !== "stopped")
    call.update("listener", listener, { status: call.status(["stopping", "listener"], ["stopped"]) });
  return {};
}

function remove(call: Call): Body {
  const listener = onPort(call);
  needStill(call, listener);
  removeRulesOf(call, listener);
  const gone = call.doneAt("listener");
  if (gone === call.now) call.remove("listener", listener.id);
  else call.update("listener", listener, { status: [["stopping"]], ...(gone === undefined ? {} : { gone }) });
  return {};
}

const perProtocol = (
  name: (protocol: string) => string,
  action: (protocol: Protocol) => (call: Call) => Body,
): Actions => Object.fromEntries(PROTOCOLS.map((protocol) => [name(protocol.toUpperCase()), action(protocol)]));

export const listenerActions: Actions = {
  ...perProtocol((protocol) => `CreateLoadBalancer${protocol}Listener`, create),
  ...perProtocol((protocol) => `DescribeLoadBalancer${protocol}ListenerAttribute`, describe),
  ...perProtocol((protocol) => `SetLoadBalancer${protocol}ListenerAttribute`, set),
  StartLoadBalancerListener: start,
  StopLoadBalancerListener: stop,
  DeleteLoadBalancerListener: remove,
};
