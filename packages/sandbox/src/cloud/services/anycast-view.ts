import type { Call } from "../call";
import type { Body } from "../contract";
import type { AnycastBinding, AnycastEip } from "../model";
import { tokenPage } from "../paging";
import { isoTime } from "./checks";
import { needed } from "./find";
import { hasTags, tagList } from "./tags";

/** Bindings of an address, oldest first, the ones being undone included. */
export const bindingsOf = (call: Call, anycast: string): AnycastBinding[] =>
  call.by("anycast-binding", "anycast", anycast);

/** Status of an address: its own during a change, else the one that follows from its bindings. */
export function statusOfAnycast(call: Call, anycast: AnycastEip): string {
  const own = call.statusOf(anycast);
  if (own !== "Allocated") return own;
  const states = bindingsOf(call, anycast.id).map((binding) => call.statusOf(binding));
  if (states.includes("BINDING")) return "Associating";
  if (states.includes("UNBINDING")) return "Unassociating";
  if (states.includes("MODIFYING")) return "Modifying";
  return states.length > 0 ? "Associated" : "Allocated";
}

function bindInfo(call: Call, binding: AnycastBinding): Body {
  return {
    BindInstanceId: binding.instance,
    BindInstanceRegionId: binding.region,
    BindInstanceType: binding.type,
    BindTime: isoTime(binding.created),
    Status: call.statusOf(binding),
    AssociationMode: binding.mode,
    PrivateIpAddress: binding.privateIp,
    PopLocations: binding.pops.map((pop) => ({ PopLocation: pop })),
  };
}

function attributes(call: Call, anycast: AnycastEip): Body {
  return {
    AnycastId: anycast.id,
    Name: anycast.name,
    Description: anycast.description,
    Bandwidth: anycast.bandwidth,
    IpAddress: anycast.ip,
    InternetChargeType: anycast.internetChargeType,
    InstanceChargeType: anycast.chargeType,
    ServiceLocation: anycast.serviceLocation,
    ResourceGroupId: anycast.group,
    Status: statusOfAnycast(call, anycast),
    BusinessStatus: "Normal",
    AliUid: Number(call.settings.accountId),
    Bid: "26842",
    CreateTime: isoTime(anycast.created),
    Tags: tagList(anycast.tags),
  };
}

export function describeAnycastEip(call: Call): Body {
  const anycast = needed(call, "anycast-eip");
  const only = call.params.text("BindInstanceId");
  const bindings = bindingsOf(call, anycast.id).filter((binding) => only === undefined || binding.instance === only);
  return { ...attributes(call, anycast), AnycastEipBindInfoList: bindings.map((binding) => bindInfo(call, binding)) };
}

export function listAnycastEips(call: Call): Body {
  const { params } = call;
  const only = (name: string, value: (anycast: AnycastEip) => string) => (anycast: AnycastEip) =>
    (params.text(name) ?? value(anycast)) === value(anycast);
  const ids = params.list("AnycastIds");
  const instances = params.jsonList("BindInstanceIds") ?? params.list("BindInstanceIds");
  const tags = params.tags("Tags");
  const found = call
    .list("anycast-eip")
    .filter((anycast) => ids.length === 0 || ids.includes(anycast.id))
    .filter(only("AnycastId", (anycast) => anycast.id))
    .filter(only("Name", (anycast) => anycast.name))
    .filter(only("AnycastEipAddress", (anycast) => anycast.ip))
    .filter(only("InternetChargeType", (anycast) => anycast.internetChargeType))
    .filter(only("InstanceChargeType", (anycast) => anycast.chargeType))
    .filter(only("ServiceLocation", (anycast) => anycast.serviceLocation))
    .filter(only("ResourceGroupId", (anycast) => anycast.group))
    .filter(only("BusinessStatus", () => "Normal"))
    .filter(only("Status", (anycast) => statusOfAnycast(call, anycast)))
    .filter((anycast) => hasTags(anycast.tags, tags))
    .filter(
      (anycast) =>
        instances.length === 0 || bindingsOf(call, anycast.id).some((binding) => instances.includes(binding.instance)),
    );
  const page = tokenPage(call, found, 20, 100);
  return {
    NextToken: page.next,
    TotalCount: found.length,
    AnycastList: page.items.map((anycast) => ({
      ...attributes(call, anycast),
      AnycastEipBindInfoList: bindingsOf(call, anycast.id).map((binding) => bindInfo(call, binding)),
    })),
  };
}
