import type { Actions, Call } from "../call";
import type { Body, CloudError } from "../contract";
import { refused } from "../errors";
import type { Instance, Server } from "../model";
import { bindingOf } from "./eip-view";
import { needed } from "./find";
import { interfacesOf } from "./instance-view";

const wrongStatus = (): CloudError =>
  refused("IncorrectInstanceStatus", "The current status of the resource does not support this operation.");

/** @throws CloudError `IncorrectInstanceStatus` unless the instance has one of the statuses */
export function needStatus(call: Call, instance: Instance, ...statuses: readonly string[]): void {
  if (!statuses.includes(call.statusOf(instance))) throw wrongStatus();
}

function stop(call: Call): Body {
  const instance = needed(call, "instance");
  if (call.statusOf(instance) === "Stopped") return {};
  needStatus(call, instance, "Running");
  call.update("instance", instance, {
    // Clients send back what a running instance shows: Not-applicable.
    stoppedMode:
      call.params.oneOf("StoppedMode", ["StopCharging", "KeepCharging", "Not-applicable"]) === "StopCharging"
        ? "StopCharging"
        : "KeepCharging",
    status: call.status(["Stopping", "instanceStop"], ["Stopped"]),
  });
  return {};
}

function start(call: Call): Body {
  const instance = needed(call, "instance");
  if (call.statusOf(instance) === "Running") return {};
  needStatus(call, instance, "Stopped");
  call.update("instance", instance, {
    started: call.now,
    status: call.status(["Starting", "instanceStart"], ["Running"]),
  });
  return {};
}

function reboot(call: Call): Body {
  const instance = needed(call, "instance");
  needStatus(call, instance, "Running");
  call.update("instance", instance, {
    status: call.status(["Stopping", "instanceStop"], ["Starting", "instanceStart"], ["Running"]),
  });
  return {};
}

function remove(call: Call): Body {
  const instance = needed(call, "instance");
  if (instance.deletionProtection)
    throw refused("InvalidOperation.DeletionProtection", "The deletion protection of the instance is on.");
  const status = call.statusOf(instance);
  if (status === "Pending") throw refused("IncorrectInstanceStatus.Initializing", "The instance is being initialized.");
  if (status !== "Stopped" && call.params.flag("Force") !== true) throw wrongStatus();
  const interfaces = interfacesOf(call, instance);
  if (interfaces.some((eni) => call.countBy("anycast-binding", "instance", eni.id) > 0))
    throw refused(
      "InvalidOperation.AnycastEipAssociated",
      "An Anycast EIP is associated with an interface of the instance.",
    );
  takeOutOfBalancers(call, instance.id);
  for (const eip of call.by("eip", "instance", instance.id))
    if (bindingOf(eip, call.now) !== undefined)
      call.update("eip", eip, { binding: undefined, status: [["Available"]] });
  const gone = call.doneAt("instanceDelete");
  const leaving = gone === undefined || gone === call.now ? {} : { gone };
  for (const disk of call.by("disk", "instance", instance.id)) {
    if (!disk.deleteWithInstance) call.update("disk", disk, { instance: "", device: "" });
    else if (gone === call.now) call.remove("disk", disk.id);
    else call.update("disk", disk, leaving);
  }
  for (const eni of interfaces) {
    if (eni.type !== "Primary" && !eni.deleteOnRelease)
      call.update("network-interface", eni, { instance: "", status: [["Available"]] });
    else if (gone === call.now) call.remove("network-interface", eni.id);
    else call.update("network-interface", eni, leaving);
  }
  if (gone === call.now) call.remove("instance", instance.id);
  else call.update("instance", instance, { status: [["Stopping"]], ...leaving });
  return {};
}

/** The load balancer service takes servers out that do not exist any more. */
function takeOutOfBalancers(call: Call, id: string): void {
  const others = (servers: readonly Server[]): Server[] => servers.filter((server) => server.id !== id);
  for (const balancer of call.by("load-balancer", "server", id))
    call.update("load-balancer", balancer, { servers: others(balancer.servers) });
  for (const group of call.by("server-group", "server", id))
    call.update("server-group", group, { servers: others(group.servers) });
}

export const instancePowerActions: Actions = {
  StartInstance: start,
  StopInstance: stop,
  RebootInstance: reboot,
  DeleteInstance: remove,
};
