import type { Call } from "../call";
import type { Body } from "../contract";
import type { Eip, EipBinding } from "../model";
import { numberedPage } from "../paging";
import { isoTime } from "./checks";
import { hasTags, tagList } from "./tags";

/** What the EIP is bound to now (a binding that is being undone ends by itself). */
export function bindingOf(eip: Eip, now: number): EipBinding | undefined {
  return eip.binding?.gone !== undefined && eip.binding.gone <= now ? undefined : eip.binding;
}

function attributes(call: Call, eip: Eip): Body {
  const binding = bindingOf(eip, call.now);
  return {
    AllocationId: eip.id,
    RegionId: eip.region,
    IpAddress: eip.ip,
    Name: eip.name,
    Description: eip.description,
    // The list misspells it, and clients rely on that.
    Descritpion: eip.description,
    Status: call.statusOf(eip),
    InstanceId: binding?.instance ?? "",
    InstanceType: binding?.type ?? "",
    InstanceRegionId: binding === undefined ? "" : eip.region,
    PrivateIpAddress: binding?.privateIp ?? "",
    VpcId: binding?.vpc ?? "",
    Bandwidth: String(eip.bandwidth),
    EipBandwidth: String(eip.bandwidth),
    InternetChargeType: eip.internetChargeType,
    ChargeType: eip.chargeType,
    ISP: eip.isp,
    Netmode: eip.netmode,
    Mode: eip.mode,
    Zone: eip.zone,
    PublicIpAddressPoolId: eip.pool,
    SecurityProtectionTypes: { SecurityProtectionType: eip.protections },
    DeletionProtection: eip.deletionProtection,
    HDMonitorStatus: eip.hdMonitor.status,
    ResourceGroupId: eip.group,
    AllocationTime: isoTime(eip.created),
    ExpiredTime: "",
    BandwidthPackageId: "",
    BandwidthPackageType: "",
    BandwidthPackageBandwidth: "",
    SegmentInstanceId: "",
    SecondLimited: false,
    ServiceManaged: 0,
    BusinessStatus: "Normal",
    HasReservationData: "false",
    ReservationBandwidth: "",
    ReservationInternetChargeType: "",
    ReservationOrderType: "",
    ReservationActiveTime: "",
    AvailableRegions: { AvailableRegion: [eip.region] },
    OperationLocks: { LockReason: [] },
    Tags: { Tag: tagList(eip.tags) },
  };
}

/** DescribeEipAddresses. */
export function describeEips(call: Call): Body {
  const { params } = call;
  const only = (name: string, value: (eip: Eip) => string) => (eip: Eip) => {
    const asked = params.text(name);
    return asked === undefined || asked.split(",").includes(value(eip));
  };
  const tags = params.tags();
  const id = params.text("AllocationId");
  const found = (id === undefined ? call.list("eip") : id.split(",").flatMap((one) => call.find("eip", one) ?? []))
    .filter(only("EipAddress", (eip) => eip.ip))
    .filter(only("EipName", (eip) => eip.name))
    .filter(only("Status", (eip) => call.statusOf(eip)))
    .filter(only("ISP", (eip) => eip.isp))
    .filter(only("ChargeType", (eip) => eip.chargeType))
    .filter(only("ResourceGroupId", (eip) => eip.group))
    .filter(only("SegmentInstanceId", () => ""))
    .filter(only("LockReason", () => ""))
    .filter(only("AssociatedInstanceId", (eip) => bindingOf(eip, call.now)?.instance ?? ""))
    .filter(only("AssociatedInstanceType", (eip) => bindingOf(eip, call.now)?.type ?? ""))
    .filter((eip) => hasTags(eip.tags, tags));
  const page = numberedPage(call, found, 10, 100);
  return { ...page.numbers, EipAddresses: { EipAddress: page.items.map((eip) => attributes(call, eip)) } };
}
