import { listAt, textAt } from "../api/body";
import { oneOf, regularExpression } from "../validate/rules";
import { argument, argumentList, ask, localFilter, rename, results } from "./shared";
import type { DataSourceType } from "./type";

const FILE = "data_source_alicloud_eipanycast_anycast_eip_addresses";
const FIELDS = {
  ali_uid: "AliUid",
  anycast_eip_address_name: "Name",
  id: "AnycastId",
  anycast_id: "AnycastId",
  bandwidth: "Bandwidth",
  bid: "Bid",
  business_status: "BusinessStatus",
  description: "Description",
  internet_charge_type: "InternetChargeType",
  ip_address: "IpAddress",
  service_location: "ServiceLocation",
  status: "Status",
};
const BINDING = {
  bind_instance_id: "BindInstanceId",
  bind_instance_region_id: "BindInstanceRegionId",
  bind_instance_type: "BindInstanceType",
  bind_time: "BindTime",
};

export const anycastAddresses: DataSourceType = {
  file: FILE,
  checks: {
    name_regex: regularExpression,
    payment_type: oneOf("PayAsYouGo"),
    status: oneOf("Allocated", "Associated", "Associating", "Unassociating"),
  },
  read: async (given, context) => {
    const bound = argumentList(given, "bind_instance_ids");
    const payment = argument(given, "payment_type");
    const request = {
      Name: argument(given, "anycast_eip_address_name"),
      BindInstanceIds: bound.length > 0 ? JSON.stringify(bound) : undefined,
      BusinessStatus: argument(given, "business_status"),
      InternetChargeType: argument(given, "internet_charge_type"),
      AnycastEipAddress: argument(given, "ip_address"),
      InstanceChargeType: payment === "PayAsYouGo" ? "PostPaid" : payment,
      ServiceLocation: argument(given, "service_location"),
      Status: argument(given, "status"),
      MaxResults: 50,
    };
    const wanted = localFilter(given, "AnycastId", "Name");
    const found = [];
    let NextToken: string | undefined;
    do {
      const body = await ask(context, FILE, "Eipanycast", "ListAnycastEipAddresses", { ...request, NextToken });
      found.push(...listAt(body, "AnycastList").filter(wanted));
      NextToken = textAt(body, "NextToken") || undefined;
    } while (NextToken !== undefined);
    return results(
      given,
      found.map((one) => textAt(one, "AnycastId")),
      {
        names: found.map((one) => textAt(one, "Name")),
        addresses: found.map((one) => ({
          ...rename(one, FIELDS),
          payment_type: one.InstanceChargeType === "PostPaid" ? "PayAsYouGo" : one.InstanceChargeType,
          anycast_eip_bind_info_list: listAt(one, "AnycastEipBindInfoList").map((binding) => rename(binding, BINDING)),
        })),
      },
    );
  },
};
