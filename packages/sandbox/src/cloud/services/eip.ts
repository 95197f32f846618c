import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { invalid, quotaExceeded, refused } from "../errors";
import type { Eip } from "../model";
import { changedText, checkZone, defined, descriptionIn, nameIn } from "./checks";
import { describeEips } from "./eip-view";
import { needed } from "./find";
import { groupFor } from "./groups";
import { eipBindingActions } from "./eip-binding";
import { checkTags } from "./tags";

const ISPS = [
  "BGP",
  "BGP_PRO",
  "ChinaTelecom",
  "ChinaUnicom",
  "ChinaMobile",
  "ChinaTelecom_L2",
  "ChinaUnicom_L2",
  "ChinaMobile_L2",
  "BGP_FinanceCloud",
  "BGP_International",
] as const;

const name = (call: Call): string => nameIn(call, "Name", "eip", "InvalidEipName.Malformed");
const description = (call: Call): string => descriptionIn(call, "InvalidEipDescription.Malformed");
const bandwidth = (call: Call): number | undefined =>
  call.params.int("Bandwidth", { min: 1, max: 1000, code: "InvalidParameter.Bandwidth" });

function allocate(call: Call): Body {
  const region = call.needRegion();
  const { params, ids } = call;
  // An EIP that a reservation made before: its id comes as InstanceId, which is empty otherwise.
  const asked = params.text("InstanceId");
  if (asked !== undefined && call.findAnywhere("eip", asked) !== undefined)
    throw refused("InvalidInstanceId.AlreadyExists", `The EIP ${asked} exists already.`);
  const limit = call.settings.quotas.eips;
  if (call.countBy("eip", "region", region.id) >= limit)
    throw quotaExceeded("QuotaExceeded.Eip", "EIPs per region", limit);
  const taken = (ip: string): boolean =>
    call.countBy("eip", "ip", ip) > 0 || call.countBy("instance", "publicIp", ip) > 0;
  const wanted = params.text("IpAddress");
  if (wanted !== undefined && taken(wanted))
    throw refused("InvalidIpAddress.AlreadyInUse", `The address ${wanted} is in use.`);
  const zone = params.text("Zone");
  const prePaid = params.oneOf("InstanceChargeType", ["PostPaid", "PrePaid"]) === "PrePaid";
  const eip: Eip = {
    id: asked ?? ids.make("eip", region.id),
    region: region.id,
    created: call.now,
    group: groupFor(call),
    tags: checkTags(params.tags()),
    ip: wanted ?? ids.publicAddress(region.publicPrefix, taken),
    name: name(call),
    description: description(call),
    bandwidth: bandwidth(call) ?? 5,
    chargeType: prePaid ? "PrePaid" : "PostPaid",
    internetChargeType: params.oneOf("InternetChargeType", ["PayByBandwidth", "PayByTraffic"]) ?? "PayByBandwidth",
    isp: params.oneOf("ISP", ISPS) ?? "BGP",
    netmode: params.oneOf("Netmode", ["public"]) ?? "public",
    mode: "NAT",
    zone: zone === undefined ? "" : checkZone(region.id, zone, "Zone"),
    pool: params.text("PublicIpAddressPoolId") ?? "",
    protections: params.list("SecurityProtectionTypes"),
    deletionProtection: false,
    hdMonitor: { status: "OFF", project: "", store: "" },
    status: call.status(["Pending", "eip"], ["Available"]),
  };
  call.put("eip", eip);
  return {
    AllocationId: eip.id,
    EipAddress: eip.ip,
    ResourceGroupId: eip.group,
    ...(prePaid ? { OrderId: Number(ids.letters(12, "123456789")) } : {}),
  };
}

function modify(call: Call): Body {
  const eip = needed(call, "eip");
  if (call.statusOf(eip) !== "Available" && call.statusOf(eip) !== "InUse")
    throw refused("IncorrectEipStatus", "Current elastic IP status does not support this operation.");
  call.update(
    "eip",
    eip,
    defined<Pick<Eip, "bandwidth" | "name" | "description">>({
      bandwidth: bandwidth(call),
      name: changedText(call, "Name", () => name(call)),
      description: changedText(call, "Description", () => description(call)),
    }),
  );
  return {};
}

function setMonitor(call: Call): Body {
  const eip = needed(call, "eip", call.params.need("InstanceId"));
  const status = call.params.oneOf("Status", ["ON", "OFF"]) ?? "ON";
  call.update("eip", eip, {
    hdMonitor: {
      status,
      project: call.params.text("LogProject") ?? eip.hdMonitor.project,
      store: call.params.text("LogStore") ?? eip.hdMonitor.store,
    },
  });
  return {};
}

function describeMonitor(call: Call): Body {
  const eip = needed(call, "eip", call.params.need("InstanceId"));
  return { InstanceId: eip.id, LogProject: eip.hdMonitor.project, LogStore: eip.hdMonitor.store };
}

function protect(call: Call): Body {
  const type = call.params.text("Type") ?? "EIP";
  if (type !== "EIP") throw invalid("Type", `expected EIP, got "${type}".`);
  const eip = needed(call, "eip", call.params.need("InstanceId"));
  call.update("eip", eip, { deletionProtection: call.params.flag("ProtectionEnable") ?? false });
  return {};
}

function forwardMode(call: Call): Body {
  const eip = needed(call, "eip", call.params.need("InstanceId"));
  const mode = call.params.oneOf("Mode", ["NAT", "BINDED", "MULTI_BINDED"]);
  if (mode !== undefined) call.update("eip", eip, { mode });
  return {};
}

function release(call: Call): Body {
  const eip = needed(call, "eip");
  if (eip.deletionProtection)
    throw refused("OperationDenied.DeleteProtectionOn", "The deletion protection of the EIP is on.");
  if (call.statusOf(eip) !== "Available")
    throw refused("IncorrectEipStatus", "Current elastic IP status does not support this operation.");
  if (eip.chargeType === "PrePaid")
    throw refused("Forbidden.PrePaidEip", "A subscription EIP cannot be released before it expires.");
  const gone = call.doneAt("eipRelease");
  if (gone === call.now) call.remove("eip", eip.id);
  else call.update("eip", eip, { status: [["Releasing"]], ...(gone === undefined ? {} : { gone }) });
  return {};
}

export const eipActions: Actions = {
  AllocateEipAddress: allocate,
  DescribeEipAddresses: describeEips,
  ModifyEipAddressAttribute: modify,
  SetHighDefinitionMonitorLogStatus: setMonitor,
  DescribeHighDefinitionMonitorLogAttribute: describeMonitor,
  DeletionProtection: protect,
  ModifyEipForwardMode: forwardMode,
  ReleaseEipAddress: release,
  ...eipBindingActions,
};
