import type { Body } from "../../cloud/contract";
import { at, listAt, textAt, textsAt } from "../api/body";
import { tagsOf } from "../resources/operation";
import { isObject } from "../values/value";
import { oneOf, regularExpression } from "../validate/rules";
import { argument, argumentList, ask, askAll, localFilter, rename, results } from "./shared";
import type { DataSourceType } from "./type";

const FILE = "data_source_alicloud_eip_addresses";
const BRIEF = {
  id: "AllocationId",
  status: "Status",
  ip_address: "IpAddress",
  bandwidth: "Bandwidth",
  instance_id: "InstanceId",
  instance_type: "InstanceType",
  internet_charge_type: "InternetChargeType",
  creation_time: "AllocationTime",
  deletion_protection: "DeletionProtection",
};
const { creation_time: _, ...SHARED } = BRIEF;
const FIELDS = {
  ...SHARED,
  address_name: "Name",
  allocation_id: "AllocationId",
  bandwidth_package_bandwidth: "BandwidthPackageBandwidth",
  bandwidth_package_id: "BandwidthPackageId",
  bandwidth_package_type: "BandwidthPackageType",
  create_time: "AllocationTime",
  // The real provider looks under a misspelt name.
  description: "Descritpion",
  expired_time: "ExpiredTime",
  has_reservation_data: "HasReservationData",
  hd_monitor_status: "HDMonitorStatus",
  instance_region_id: "InstanceRegionId",
  isp: "ISP",
  reservation_active_time: "ReservationActiveTime",
  reservation_bandwidth: "ReservationBandwidth",
  reservation_internet_charge_type: "ReservationInternetChargeType",
  reservation_order_type: "ReservationOrderType",
  resource_group_id: "ResourceGroupId",
  second_limited: "SecondLimited",
  segment_instance_id: "SegmentInstanceId",
};

const full = (eip: Body): Record<string, unknown> => {
  const lock = at(listAt(eip, "OperationLocks.LockReason")[0], "LockReason");
  return {
    ...rename(eip, FIELDS),
    payment_type: eip.ChargeType === "PrePaid" ? "Subscription" : "PayAsYouGo",
    available_regions: textsAt(eip, "AvailableRegions.AvailableRegion"),
    operation_locks: lock === undefined ? [] : [String(lock)],
  };
};

export const eipAddresses: DataSourceType = {
  file: FILE,
  checks: {
    name_regex: regularExpression,
    isp: oneOf("BGP", "BGP_PRO"),
    payment_type: oneOf("PayAsYouGo", "Subscription"),
    status: oneOf("Associating", "Available", "InUse", "Unassociating"),
  },
  read: async (given, context) => {
    const payment = argument(given, "payment_type");
    const all = await askAll(
      context,
      FILE,
      "Vpc",
      "DescribeEipAddresses",
      {
        EipName: argument(given, "address_name"),
        AssociatedInstanceId: argument(given, "associated_instance_id"),
        AssociatedInstanceType: argument(given, "associated_instance_type"),
        DryRun: argument(given, "dry_run"),
        IncludeReservationData: argument(given, "include_reservation_data"),
        EipAddress: argument(given, "ip_address"),
        ISP: argument(given, "isp"),
        LockReason: argument(given, "lock_reason"),
        ChargeType: payment === "Subscription" ? "PrePaid" : payment === "PayAsYouGo" ? "PostPaid" : undefined,
        ResourceGroupId: argument(given, "resource_group_id"),
        SegmentInstanceId: argument(given, "segment_instance_id"),
        Status: argument(given, "status"),
      },
      "EipAddresses.EipAddress",
    );
    // Compared with ids, as the real provider does.
    const addresses = argumentList(given, "ip_addresses");
    const local = localFilter(given, "AllocationId", "Name");
    const found = all.filter(
      (one) => local(one) && (addresses.length === 0 || addresses.includes(textAt(one, "AllocationId"))),
    );
    const wantedTags = isObject(given.tags ?? null) ? Object.entries(given.tags as Record<string, unknown>) : [];
    const kept: { readonly eip: Body; readonly tags: Record<string, string> | undefined }[] = [];
    for (const eip of found) {
      if (given.enable_details === false) {
        kept.push({ eip, tags: undefined });
        continue;
      }
      const body = await ask(context, FILE, "Vpc", "ListTagResources", {
        ResourceType: "EIP",
        ResourceId: [textAt(eip, "AllocationId")],
      });
      const tags = tagsOf(listAt(body, "TagResources.TagResource"));
      if (wantedTags.length === 0 || wantedTags.some(([key, value]) => tags[key] === value)) kept.push({ eip, tags });
    }
    return results(
      given,
      kept.map(({ eip }) => textAt(eip, "AllocationId")),
      {
        names: kept.map(({ eip }) => textAt(eip, "Name")),
        addresses: kept.map(({ eip, tags }) => ({ ...full(eip), tags })),
        eips: kept.map(({ eip }) => rename(eip, BRIEF)),
      },
    );
  },
};
