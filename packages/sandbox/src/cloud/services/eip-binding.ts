import type { Actions, Call } from "../call";
import type { Body, CloudError } from "../contract";
import { notFound, refused } from "../errors";
import type { Eip } from "../model";
import { bindingOf } from "./eip-view";
import { needed } from "./find";

const wrongStatus = (): CloudError =>
  refused("IncorrectEipStatus", "Current elastic IP status does not support this operation.");

/** The type the cloud takes when none is given. */
const typeOf = (id: string): string =>
  id.startsWith("lb-") ? "SlbInstance" : id.startsWith("eni-") ? "NetworkInterface" : "EcsInstance";

type Check = (call: Call, eip: Eip, id: string) => void;

const noOther = (call: Call, id: string, also: (other: Eip) => boolean = () => true): void => {
  const bound = call.by("eip", "instance", id).some((other) => bindingOf(other, call.now) !== undefined && also(other));
  if (bound) throw refused("InvalidInstance.AlreadyBoundEip", `Another EIP is associated with ${id}.`);
};

/** What an EIP can be bound to, by type. */
const CHECKS: Readonly<Record<string, Check>> = {
  EcsInstance(call, eip, id) {
    const instance = call.findAnywhere("instance", id);
    if (instance === undefined) throw notFound("InvalidInstanceId.NotFound", "Specified instance does not exist.");
    sameRegion(eip, instance.region);
    if (instance.vpc === "") throw refused("InvalidInstance.NotInVpc", "The instance is not in a VPC.");
    if (instance.publicIp !== "")
      throw refused("InvalidStatus.InstanceHasBandWidth", "The instance has a public address of its own.");
    if (!["Running", "Stopped"].includes(call.statusOf(instance)))
      throw refused("IncorrectInstanceStatus", "Current instance status does not support this operation.");
    noOther(call, id);
  },
  SlbInstance(call, eip, id) {
    const balancer = call.findAnywhere("load-balancer", id);
    if (balancer === undefined) throw notFound("InvalidInstanceId.NotFound", "Specified load balancer does not exist.");
    sameRegion(eip, balancer.region);
    if (balancer.addressType !== "intranet" || balancer.vswitch === "")
      throw refused(
        "InvalidInstanceType.NotSupport",
        "An EIP can only be associated with an internal-facing load balancer in a VPC.",
      );
    noOther(call, id);
  },
  NetworkInterface(call, eip, id) {
    const eni = call.findAnywhere("network-interface", id);
    if (eni === undefined) throw notFound("InvalidInstanceId.NotFound", "Specified network interface does not exist.");
    sameRegion(eip, eni.region);
    const status = call.statusOf(eni);
    if (status !== "Available" && status !== "InUse")
      throw refused(
        "InvalidStatus.EniStatusNotSupport",
        "Current network interface status does not support this operation.",
      );
    const ip = call.params.text("PrivateIpAddress") ?? eni.ip;
    if (![eni.ip, ...eni.secondaryIps].includes(ip))
      throw refused("InvalidPrivateIpAddress.NotFound", `The network interface does not have the address ${ip}.`);
    noOther(call, id, (other) => (other.binding?.privateIp || eni.ip) === ip);
  },
};

function sameRegion(eip: Eip, region: string): void {
  if (eip.region !== region)
    throw refused("InvalidRegion.NotSame", "The EIP and the instance are in different regions.");
}

function associate(call: Call): Body {
  const { params } = call;
  const eip = needed(call, "eip");
  const id = params.need("InstanceId");
  const type = params.text("InstanceType") ?? typeOf(id);
  const check = CHECKS[type];
  if (check === undefined)
    throw refused(
      "InvalidInstanceType.NotSupport",
      `The sandbox has no instances of the type ${type}; it has ${Object.keys(CHECKS).join(", ")}.`,
    );
  if (call.statusOf(eip) !== "Available") throw wrongStatus();
  check(call, eip, id);
  call.update("eip", eip, {
    binding: { instance: id, type, privateIp: params.text("PrivateIpAddress") ?? "", vpc: params.text("VpcId") ?? "" },
    mode: params.oneOf("Mode", ["NAT", "BINDED", "MULTI_BINDED"]) ?? eip.mode,
    status: call.status(["Associating", "eip"], ["InUse"]),
  });
  return {};
}

function unassociate(call: Call): Body {
  const eip = needed(call, "eip");
  const binding = bindingOf(eip, call.now);
  const id = call.params.text("InstanceId");
  if (binding === undefined || (id !== undefined && id !== binding.instance))
    throw refused("InvalidAssociation.NotExist", `The EIP is not associated with ${id ?? "anything"}.`);
  if (call.statusOf(eip) !== "InUse") throw wrongStatus();
  const gone = call.doneAt("eip");
  call.update("eip", eip, {
    binding: gone === call.now ? undefined : { ...binding, ...(gone === undefined ? {} : { gone }) },
    mode: "NAT",
    status: call.status(["Unassociating", "eip"], ["Available"]),
  });
  return {};
}

export const eipBindingActions: Actions = { AssociateEipAddress: associate, UnassociateEipAddress: unassociate };
