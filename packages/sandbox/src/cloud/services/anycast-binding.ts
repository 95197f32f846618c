import type { Actions, Call } from "../call";
import type { Body, CloudError } from "../contract";
import {
  ACCESS_POINTS,
  ASSOCIATION_MODES,
  BIND_INSTANCE_TYPES,
  CURRENT_REGIONS,
  QUICK_START_REGIONS,
} from "../data/anycast";
import type { ServiceLocation } from "../data/anycast";
import { invalid, notFound, refused } from "../errors";
import type { AnycastBinding, AnycastEip } from "../model";
import { needed } from "./find";
import { bindingsOf, statusOfAnycast } from "./anycast-view";

export const bindingId = (anycast: string, instance: string): string => `${anycast}:${instance}`;

/**
 * Clients wait and try again when they read `IncorrectStatus.Anycast` anywhere in the answer; two bindings of one
 * address at once are a conflict, and the text says which status it has.
 */
function refuseWhileBusy(call: Call, anycast: AnycastEip): void {
  const status = statusOfAnycast(call, anycast);
  if (status === "Associating" || status === "Unassociating")
    throw refused(
      "OperationFailed.Conflict",
      `Another binding of the Anycast EIP is in progress (${status}); try again when it is done. IncorrectStatus.Anycast`,
    );
  if (status !== "Allocated" && status !== "Associated")
    throw refused(
      "IncorrectStatus.Anycast",
      `The status of the Anycast EIP (${status}) does not support this operation.`,
    );
}

/** Regions whose instances an address of a service location can be bound to. */
export function anycastRegions(call: Call, location: string): readonly string[] {
  const lists = call.settings.anycastRegions === "current" ? CURRENT_REGIONS : QUICK_START_REGIONS;
  return lists[location as ServiceLocation].filter((id) => call.settings.regions.includes(id));
}

/** A code in the style of the service: no public document names it. */
const unsupported = (message: string): CloudError => refused("OperationUnsupported.BindInstance", message);

/** Checks that the instance is one an Anycast EIP can lead to. @throws CloudError */
function checkTarget(call: Call, id: string, type: string, region: string): void {
  const slb = type === "SlbInstance";
  const target = slb ? call.findAnywhere("load-balancer", id) : call.findAnywhere("network-interface", id);
  const what = slb ? "loadbalancer" : "networkinterface";
  if (target === undefined)
    throw notFound(`ResourceNotFound.${what}`, `The specified resource of ${what} is not found.`);
  if (target.region !== region)
    throw invalid(
      "BindInstanceRegionId",
      `the instance ${id} is in ${target.region}; the region must be the instance's own, got "${region}".`,
      "IllegalParam.BindInstanceRegionId",
    );
  if ("addressType" in target) {
    if (target.addressType !== "intranet")
      throw unsupported(`Only internal-facing load balancers can be associated; ${id} is internet-facing.`);
    if (target.vswitch === "")
      throw unsupported(`Only load balancers in a VPC can be associated; ${id} is in the classic network.`);
    if (call.statusOf(target) !== "active")
      throw refused("IncorrectStatus.LoadBalancer", `The load balancer ${id} is not active.`);
    return;
  }
  const ip = call.params.text("PrivateIpAddress");
  if (ip !== undefined && ![target.ip, ...target.secondaryIps].includes(ip))
    throw invalid(
      "PrivateIpAddress",
      `the network interface ${id} does not have ${ip}.`,
      "IllegalParam.PrivateIpAddress",
    );
  if (!["Available", "InUse"].includes(call.statusOf(target)))
    throw refused(
      "IncorrectStatus.NetworkInterface",
      `The status of the network interface ${id} does not support this operation.`,
    );
}

function associate(call: Call): Body {
  const { params } = call;
  const anycast = needed(call, "anycast-eip");
  const instance = params.need("BindInstanceId");
  const region = params.need("BindInstanceRegionId");
  params.need("BindInstanceType");
  const type = params.oneOf("BindInstanceType", BIND_INSTANCE_TYPES, "IllegalParam.BindInstanceType")!;
  const asked = params.oneOf("AssociationMode", ASSOCIATION_MODES, "IllegalParam.AssociationMode");
  const pops = checkPops(
    anycast,
    params.structs("PopLocations").map((struct) => struct["PopLocation"] ?? ""),
  );
  const allowed = anycastRegions(call, anycast.serviceLocation);
  if (!allowed.includes(region))
    throw refused(
      "OperationUnsupported.BindInstanceRegion",
      `The region "${region}" is not supported for the service location ${anycast.serviceLocation}; supported: ${allowed.join(", ")}.`,
    );
  checkTarget(call, instance, type, region);
  if (call.countBy("anycast-binding", "instance", instance) > 0)
    throw refused(
      "ResourceAlreadyAssociated.BindInstance",
      `The instance ${instance} is associated with an Anycast EIP already.`,
    );
  refuseWhileBusy(call, anycast);
  const others = bindingsOf(call, anycast.id);
  if (others.some((other) => other.region === region))
    // In the style of the service, too.
    throw refused(
      "QuotaExceeded.BindInstanceRegion",
      `The Anycast EIP is associated with an instance in ${region} already; one per region.`,
    );
  const hasDefault = others.some((other) => other.mode === "Default");
  const mode = others.length === 0 ? "Default" : (asked ?? (hasDefault ? "Normal" : "Default"));
  if (mode === "Default") demote(call, others);
  call.put("anycast-binding", {
    id: bindingId(anycast.id, instance),
    region,
    created: call.now,
    anycast: anycast.id,
    instance,
    type,
    mode,
    privateIp: params.text("PrivateIpAddress") ?? "",
    pops,
    status: call.status(["BINDING", "anycastBind"], ["BINDED"]),
  });
  return {};
}

/** An address has one Default origin: a new one makes the earlier one Normal. */
function demote(call: Call, others: readonly AnycastBinding[]): void {
  for (const other of others) if (other.mode === "Default") call.update("anycast-binding", other, { mode: "Normal" });
}

/** The oldest of those that stay becomes the Default one. */
function promote(call: Call, others: readonly AnycastBinding[]): void {
  const oldest = others.find((other) => call.statusOf(other) !== "UNBINDING");
  if (oldest !== undefined) call.update("anycast-binding", oldest, { mode: "Default" });
}

/** An access point is one of those that `DescribeAnycastPopLocations` lists for the address. @throws CloudError */
function checkPops(anycast: AnycastEip, pops: readonly string[]): string[] {
  const known = ACCESS_POINTS.filter((point) => point.serviceLocation === anycast.serviceLocation).map(({ id }) => id);
  for (const pop of pops)
    if (!known.includes(pop))
      throw invalid(
        "PopLocations",
        `expected access points of the service location ${anycast.serviceLocation} (${known.join(", ")}), got "${pop}".`,
        "IllegalParam.PopLocations",
      );
  return [...new Set(pops)];
}

const notAssociated = (instance: string): CloudError =>
  refused("ResourceNotAssociated.BindInstance", `The instance ${instance} is not associated with the Anycast EIP.`);

function needBinding(call: Call, anycast: AnycastEip): AnycastBinding {
  const instance = call.params.need("BindInstanceId");
  const binding = bindingsOf(call, anycast.id).find((candidate) => candidate.instance === instance);
  if (binding === undefined) throw notAssociated(instance);
  return binding;
}

function updateAssociation(call: Call): Body {
  const { params } = call;
  const anycast = needed(call, "anycast-eip");
  const binding = needBinding(call, anycast);
  refuseWhileBusy(call, anycast);
  const mode = params.oneOf("AssociationMode", ASSOCIATION_MODES, "IllegalParam.AssociationMode") ?? binding.mode;
  const names = (list: string): string[] => params.structs(list).map((struct) => struct["PopLocation"] ?? "");
  const removed = names("PopLocationDeleteList");
  const added = checkPops(anycast, names("PopLocationAddList"));
  const others = bindingsOf(call, anycast.id).filter((other) => other.id !== binding.id);
  // An address needs a Default origin: when that is removed, the oldest other one becomes the default.
  if (mode === "Normal" && binding.mode === "Default") promote(call, others);
  if (mode === "Default" && binding.mode !== "Default") demote(call, others);
  call.update("anycast-binding", binding, {
    // The only origin of an address is its Default one, even if `Normal` is requested.
    mode: others.length === 0 ? "Default" : mode,
    pops: [...new Set([...binding.pops.filter((pop) => !removed.includes(pop)), ...added])],
    status: call.status(["MODIFYING", "anycastModify"], ["BINDED"]),
  });
  return {};
}

function unassociate(call: Call): Body {
  const { params } = call;
  const anycast = needed(call, "anycast-eip");
  const region = params.need("BindInstanceRegionId");
  params.need("BindInstanceType");
  const type = params.oneOf("BindInstanceType", BIND_INSTANCE_TYPES, "IllegalParam.BindInstanceType");
  const binding = needBinding(call, anycast);
  // The three together name an origin.
  if (binding.region !== region || binding.type !== type) throw notAssociated(binding.instance);
  refuseWhileBusy(call, anycast);
  call.endDryRun();
  if (binding.mode === "Default")
    promote(
      call,
      bindingsOf(call, anycast.id).filter((other) => other.id !== binding.id),
    );
  const gone = call.doneAt("anycastUnbind");
  if (gone === call.now) call.remove("anycast-binding", binding.id);
  else call.update("anycast-binding", binding, { status: [["UNBINDING"]], ...(gone === undefined ? {} : { gone }) });
  return {};
}

export const anycastBindingActions: Actions = {
  AssociateAnycastEipAddress: associate,
  UpdateAnycastEipAddressAssociations: updateAssociation,
  UnassociateAnycastEipAddress: unassociate,
};
