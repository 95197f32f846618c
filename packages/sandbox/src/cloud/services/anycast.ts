import type { Actions, Call } from "../call";
import type { Body, CloudError } from "../contract";
import { ACCESS_POINTS, ADDRESS_PREFIXES, BANDWIDTH, NAME_PATTERN, SERVICE_LOCATIONS } from "../data/anycast";
import { regionFact } from "../data/regions";
import { invalid, quotaExceeded, refused } from "../errors";
import type { AnycastEip } from "../model";
import { anycastBindingActions, anycastRegions } from "./anycast-binding";
import { bindingsOf, describeAnycastEip, listAnycastEips, statusOfAnycast } from "./anycast-view";
import { changedText, defined, descriptionIn } from "./checks";
import { needed } from "./find";
import { groupFor, moveToGroup } from "./groups";
import { checkTags } from "./tags";

const busy = (status: string): CloudError =>
  refused("IncorrectStatus.Anycast", `The status of the Anycast EIP (${status}) does not support this operation.`);

function name(call: Call): string {
  const text = call.params.text("Name");
  if (text === undefined) return "";
  if (!NAME_PATTERN.test(text))
    throw invalid(
      "Name",
      `expected 2 to 128 letters, digits, "_" and "-", a letter first, got "${text}".`,
      "IllegalParam.Name",
    );
  return text;
}

const description = (call: Call): string => descriptionIn(call, "IllegalParam.Description");

function allocate(call: Call): Body {
  const { params, ids } = call;
  const location = params.oneOf("ServiceLocation", SERVICE_LOCATIONS, "IllegalParam.ServiceLocation");
  if (location === undefined) throw invalid("ServiceLocation", "it is required.", "MissingParam.ServiceLocation");
  const internetChargeType =
    params.oneOf("InternetChargeType", ["PayByTraffic"], "IllegalParam.InternetChargeType") ?? "PayByTraffic";
  const chargeType = params.oneOf("InstanceChargeType", ["PostPaid"], "IllegalParam.InstanceChargeType") ?? "PostPaid";
  const { min, max } = BANDWIDTH;
  const limit = call.settings.quotas.anycastEips;
  if (call.countBy("anycast-eip", "all", "") >= limit)
    throw quotaExceeded("QuotaExceeded.AnycastEip", "Anycast EIPs per account", limit);
  const taken = (ip: string): boolean => call.countBy("anycast-eip", "ip", ip) > 0;
  const anycast: AnycastEip = {
    id: ids.global("aeip"),
    region: "",
    created: call.now,
    group: groupFor(call),
    tags: checkTags(params.tags()),
    ip: ids.publicAddress(ADDRESS_PREFIXES[location], taken),
    name: name(call),
    description: description(call),
    bandwidth: params.int("Bandwidth", { min, max, code: "IllegalParam.Bandwidth" }) ?? BANDWIDTH.default,
    serviceLocation: location,
    internetChargeType,
    chargeType,
    status: call.status(["Allocating", "anycastAllocate"], ["Allocated"]),
  };
  call.put("anycast-eip", anycast);
  return { AnycastId: anycast.id, OrderId: ids.letters(15, "123456789") };
}

/** The address when nothing is under way with it. */
function needIdle(call: Call): AnycastEip {
  const anycast = needed(call, "anycast-eip");
  const status = statusOfAnycast(call, anycast);
  if (status !== "Allocated" && status !== "Associated") throw busy(status);
  return anycast;
}

function modifyAttribute(call: Call): Body {
  const anycast = needed(call, "anycast-eip");
  call.update(
    "anycast-eip",
    anycast,
    defined<Pick<AnycastEip, "name" | "description">>({
      name: changedText(call, "Name", () => name(call)),
      description: changedText(call, "Description", () => description(call)),
    }),
  );
  return {};
}

function modifySpec(call: Call): Body {
  const anycast = needIdle(call);
  const bandwidth = call.params.needInt("Bandwidth", {
    min: BANDWIDTH.min,
    max: BANDWIDTH.maxModified,
    code: "IllegalParam.Bandwidth",
  });
  call.update("anycast-eip", anycast, {
    bandwidth,
    status: call.status(["Modifying", "anycastModify"], ["Allocated"]),
  });
  return {};
}

function release(call: Call): Body {
  const anycast = needIdle(call);
  if (bindingsOf(call, anycast.id).length > 0) throw busy("Associated");
  const gone = call.doneAt("anycastRelease");
  if (gone === call.now) call.remove("anycast-eip", anycast.id);
  else call.update("anycast-eip", anycast, { status: [["Releasing"]], ...(gone === undefined ? {} : { gone }) });
  return {};
}

function serverRegions(call: Call): Body {
  const location =
    call.params.oneOf("ServiceLocation", SERVICE_LOCATIONS, "IllegalParam.ServiceLocation") ?? "international";
  const regions = anycastRegions(call, location);
  return {
    Count: String(regions.length),
    AnycastServerRegionList: regions.map((id) => ({ RegionId: id, RegionName: regionFact(id)?.name ?? id })),
  };
}

function popLocations(call: Call): Body {
  const location =
    call.params.oneOf("ServiceLocation", SERVICE_LOCATIONS, "IllegalParam.ServiceLocation") ?? "international";
  const points = ACCESS_POINTS.filter((point) => point.serviceLocation === location);
  return {
    Count: String(points.length),
    AnycastPopLocationList: points.map((point) => ({ RegionId: point.id, RegionName: point.name })),
  };
}

export const anycastActions: Actions = {
  AllocateAnycastEipAddress: allocate,
  DescribeAnycastEipAddress: describeAnycastEip,
  ListAnycastEipAddresses: listAnycastEips,
  ModifyAnycastEipAddressAttribute: modifyAttribute,
  ModifyAnycastEipAddressSpec: modifySpec,
  ReleaseAnycastEipAddress: release,
  ChangeResourceGroup: (call) =>
    moveToGroup(call, { anycasteipaddress: "anycast-eip" }, "ResourceId", "NewResourceGroupId"),
  DescribeAnycastServerRegions: serverRegions,
  DescribeAnycastPopLocations: popLocations,
  ...anycastBindingActions,
};
